package dev.mortise.contracts.operations;

import dev.mortise.api.ServiceException;
import java.time.Instant;
import java.util.List;

/**
 * Keeps flags, components and their latest checks. What an operation has returned from is kept, over a crash too. Safe for
 * use by several threads.
 *
 * <p>Where a key is empty, an operation fails with {@link ServiceException.Kind#INVALID}; where whatever the store keeps
 * things in cannot be reached, with {@link ServiceException.Kind#UNAVAILABLE}.
 */
public interface Store {

    /** What manifests call this contract. */
    String KEY = "store";

    /**
     * Adds a flag. A time that nobody has said, {@link Instant#EPOCH}, becomes now.
     *
     * @throws ServiceException of the kind CONFLICT if there is one with its key
     */
    void createFlag(Flag flag);

    /** @throws ServiceException of the kind NOT_FOUND */
    Flag flag(String key);

    /** All, ordered by key. */
    List<Flag> flags();

    /**
     * Replaces a flag. A creation that nobody has said stays as it was; a time of the update that nobody has said becomes
     * now.
     *
     * @throws ServiceException of the kind NOT_FOUND
     */
    void updateFlag(Flag flag);

    /** @throws ServiceException of the kind NOT_FOUND */
    void deleteFlag(String key);

    /**
     * Adds a component. A time that nobody has said, {@link Instant#EPOCH}, becomes now.
     *
     * @throws ServiceException of the kind CONFLICT if there is one with its key
     */
    void createComponent(Component component);

    /** @throws ServiceException of the kind NOT_FOUND */
    Component component(String key);

    /** All, ordered by key. */
    List<Component> components();

    /**
     * Replaces a component. A creation that nobody has said stays as it was; a time of the update that nobody has said
     * becomes now.
     *
     * @throws ServiceException of the kind NOT_FOUND
     */
    void updateComponent(Component component);

    /**
     * Removes a component and its checks.
     *
     * @throws ServiceException of the kind NOT_FOUND
     */
    void deleteComponent(String key);

    /** Takes a check, whether or not its component is known here. One that is older than the latest changes nothing. */
    void recordCheck(Check check);

    /** @throws ServiceException of the kind NOT_FOUND if there is none of that component */
    Check latestCheck(String component);

    /** The latest of each component, ordered by component. */
    List<Check> latestChecks();

    /**
     * Returns if the store would work now.
     *
     * @throws ServiceException of the kind UNAVAILABLE if it would not
     */
    void ping();
}

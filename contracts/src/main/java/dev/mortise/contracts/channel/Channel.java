package dev.mortise.contracts.channel;

import dev.mortise.api.ServiceException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * A way to people, such as a chat or a web hook: messages come in, messages go out. Safe for use by several threads.
 *
 * <p>Messages that came in are fetched rather than pushed, and stay until somebody has acknowledged them: so none is lost,
 * and none is stuck with a listener that is gone, while the plugin behind the channel is swapped or restarted.
 */
public interface Channel {

    /** What manifests call this contract. */
    String KEY = "channel";

    /** What it calls itself; the same across versions. */
    String name();

    /**
     * Opens the channel; one that is open stays so. Whoever got it from a host need not open it again after a swap or a
     * restart of the plugin: {@link KeptOpenChannel} does, where the implementation has not done so by itself.
     *
     * @throws ServiceException of the kind UNAVAILABLE if it cannot be opened now
     */
    void start();

    /** Closes the channel; messages that came in and were not acknowledged stay. Closing twice is fine. */
    void stop();

    boolean isStarted();

    /**
     * Messages that came in and were not acknowledged, the oldest first. The same ones come again until they are.
     *
     * @param max at most so many; 1 to 1,000
     * @param wait how long to wait for one if there is none; up to 30 seconds, and at most the plugin's deadline for calls
     */
    List<IncomingMessage> receive(int max, Duration wait);

    /** Forgets messages that came in; ids that are not known are passed over. */
    void acknowledge(Collection<String> ids);

    /**
     * Sends a message. Sending one with the same id again returns the receipt of the first and sends nothing, unless that
     * has failed.
     *
     * @throws ServiceException of the kind UNAVAILABLE if the channel is closed, INVALID if it cannot carry such a message
     */
    Receipt send(OutgoingMessage message);

    /**
     * What has become of a message that was sent.
     *
     * @throws ServiceException of the kind NOT_FOUND if none was sent with that id, or it is long ago
     */
    Receipt receipt(String messageId);
}

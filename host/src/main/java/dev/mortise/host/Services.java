package dev.mortise.host;

import dev.mortise.host.model.PluginId;
import dev.mortise.host.model.Version;
import java.util.List;

/**
 * Implementations of typed contracts that plugins offer. Whoever calls one neither knows nor cares what runs it, where,
 * and which version; a reference stays good while implementations come, go and are swapped.
 */
public interface Services {

    /**
     * The preferred implementation, at the time of each call: the one with the lowest priority, which an operator sets,
     * and among equals the one whose plugin's id comes first.
     *
     * @return an object whose methods throw {@link dev.mortise.api.ServiceException} where an implementation fails, is too
     *     slow, or is missing
     * @throws IllegalArgumentException if the host has no such contract
     */
    <T> T get(Class<T> contract);

    /** The implementation of one plugin. */
    <T> T get(Class<T> contract, PluginId provider);

    /** Who implements it, the preferred first. */
    List<PluginId> providers(Class<?> contract);

    List<ServiceView> list();

    /** @param contract its key; @param type its Java interface; @param preferred whether it is taken by default */
    record ServiceView(
            String contract, String type, PluginId plugin, Version version, int priority, boolean preferred) {}
}

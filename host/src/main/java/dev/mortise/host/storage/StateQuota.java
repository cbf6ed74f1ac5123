package dev.mortise.host.storage;

import dev.mortise.host.model.PluginId;

/**
 * How much one plugin may keep.
 *
 * @param maxKeys entries
 * @param maxBytes of keys and values together, in UTF-8
 */
public record StateQuota(long maxKeys, long maxBytes) {

    /** 100,000 keys and 64 MiB. */
    public static final StateQuota DEFAULT = new StateQuota(100_000, 64L << 20);

    public boolean allows(long keys, long bytes) {
        return keys <= maxKeys && bytes <= maxBytes;
    }

    /** What a write that would leave more than the quota is refused with. */
    public StateFullException exceeded(PluginId plugin) {
        return new StateFullException("the state of plugin " + plugin + " is full: it may hold " + maxKeys
                + " keys and " + maxBytes + " bytes; delete keys or give them a time to live");
    }
}

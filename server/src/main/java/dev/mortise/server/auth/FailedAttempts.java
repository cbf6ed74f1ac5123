package dev.mortise.server.auth;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts failed authentications by the address that they come from. Secrets are too long to be guessed; what this
 * bounds is how much a stranger can make the host write into its audit record. A valid token is never held up.
 */
final class FailedAttempts {

    private static final long WINDOW_MILLIS = Duration.ofMinutes(1).toMillis();
    private static final int ADDRESSES = 4096;

    private final int perMinute;
    private final InstantSource clock;

    /** The address that failed longest ago is forgotten first. */
    private final Map<String, Window> windows = new LinkedHashMap<>();

    FailedAttempts(int perMinute, InstantSource clock) {
        this.perMinute = perMinute;
        this.clock = clock;
    }

    /** Counts one. Returns whether that is still within what an address may do in a minute. */
    synchronized boolean count(String address) {
        long now = clock.millis();
        Window window = windows.remove(address);
        if (window == null || now - window.since() >= WINDOW_MILLIS) {
            window = new Window(now, 0);
        }
        Window next = new Window(window.since(), Math.min(window.count() + 1, perMinute + 1));
        windows.put(address, next);
        if (windows.size() > ADDRESSES) {
            windows.remove(windows.keySet().iterator().next());
        }
        return next.count() <= perMinute;
    }

    private record Window(long since, int count) {}
}

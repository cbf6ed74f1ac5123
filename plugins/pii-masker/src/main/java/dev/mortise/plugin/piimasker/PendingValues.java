package dev.mortise.plugin.piimasker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What requests under way have masked, until their responses come. Too many requests, or too old ones, are forgotten:
 * their clients see placeholders. Safe for use by several threads.
 */
final class PendingValues {

    private final int most;
    private final Duration longest;
    private final Clock clock;
    /** The oldest first. */
    private final Map<Long, Entry> byRequest = new LinkedHashMap<>();

    private record Entry(Map<String, String> values, Instant until) {}

    PendingValues(int most, Duration longest, Clock clock) {
        this.most = most;
        this.longest = longest;
        this.clock = clock;
    }

    synchronized void put(long request, Map<String, String> values) {
        forgetExpired();
        byRequest.remove(request);
        byRequest.put(request, new Entry(values, clock.instant().plus(longest)));
        if (byRequest.size() > most) {
            byRequest.remove(byRequest.keySet().iterator().next());
        }
    }

    /** Gives and forgets them. */
    synchronized Optional<Map<String, String>> take(long request) {
        forgetExpired();
        return Optional.ofNullable(byRequest.remove(request)).map(Entry::values);
    }

    private void forgetExpired() {
        Instant now = clock.instant();
        Iterator<Entry> oldest = byRequest.values().iterator();
        while (oldest.hasNext() && !now.isBefore(oldest.next().until())) {
            oldest.remove();
        }
    }
}

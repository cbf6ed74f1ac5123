package dev.mortise.host.ring;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The logs of a host's rings. Its tables come and go with the generations, and these stay. */
public final class RingLogs {

    private final Map<String, RingLog> byRing = new ConcurrentHashMap<>();

    RingLog of(String ring) {
        return byRing.computeIfAbsent(ring, _ -> new RingLog());
    }
}

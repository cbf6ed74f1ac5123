package dev.mortise.server.listen;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many requests were answered with which status. Safe for use by several threads. */
public final class AnswerCounts {

    private final Map<Integer, LongAdder> counts = new ConcurrentHashMap<>();

    void count(int status) {
        counts.computeIfAbsent(status, _ -> new LongAdder()).increment();
    }

    public SortedMap<Integer, Long> byStatus() {
        SortedMap<Integer, Long> sums = new TreeMap<>();
        counts.forEach((status, count) -> sums.put(status, count.sum()));
        return sums;
    }
}

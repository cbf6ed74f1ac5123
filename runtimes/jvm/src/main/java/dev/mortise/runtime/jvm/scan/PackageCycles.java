package dev.mortise.runtime.jvm.scan;

import dev.mortise.runtime.jvm.polls.LoopPolls;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The calls between methods of a package, to find circles in which nobody polls: methods of several classes that call each
 * other. The receiver's class is left open, so methods of the same name and descriptor count as one. For use by one thread.
 */
final class PackageCycles {

    private final Map<String, Set<String>> calls = new HashMap<>();
    private final Map<String, Set<ScannedClass>> declaring = new HashMap<>();
    private final Map<ScannedClass, Set<String>> polling = new HashMap<>();

    void add(ScannedClass type, String method) {
        calls.computeIfAbsent(method, _ -> new HashSet<>());
        declaring.computeIfAbsent(method, _ -> new HashSet<>()).add(type);
    }

    void call(String caller, Reference callee) {
        calls.computeIfAbsent(caller, _ -> new HashSet<>()).add(callee.member() + callee.descriptor());
    }

    /** Whether every circle comes by a method that polls. */
    boolean allPoll() {
        calls.keySet().removeIf(this::polls);
        boolean changed = true;
        while (changed) {
            calls.values().forEach(called -> called.retainAll(calls.keySet()));
            changed = calls.values().removeIf(Set::isEmpty);
        }
        return calls.isEmpty();
    }

    private boolean polls(String method) {
        return declaring.getOrDefault(method, Set.of()).stream()
                .allMatch(type -> polling.computeIfAbsent(type, one -> LoopPolls.entries(one.model()))
                        .contains(method));
    }
}

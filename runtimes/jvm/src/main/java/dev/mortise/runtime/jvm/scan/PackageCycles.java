package dev.mortise.runtime.jvm.scan;

import dev.mortise.runtime.jvm.polls.LoopPolls;
import java.lang.classfile.AccessFlags;
import java.lang.classfile.MethodModel;
import java.lang.reflect.AccessFlag;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The calls between methods of a package, to find circles in which nobody polls: methods of several classes that call each
 * other. Of a method that can be overridden, all of its name and descriptor are taken to be called, also where it is named as
 * one of an interface of the JDK's. For use by one thread.
 */
final class PackageCycles {

    /** A method of a class, by its name and descriptor in one. */
    private record Node(String type, String method) {}

    private final PackageClasses classes;
    private final Map<Node, Set<Reference>> calls = new HashMap<>();
    private final Map<String, Set<String>> entries = new HashMap<>();

    PackageCycles(PackageClasses classes) {
        this.classes = classes;
    }

    void add(ScannedClass type, String method) {
        calls.putIfAbsent(new Node(type.name(), method), new HashSet<>());
    }

    void call(ScannedClass type, String method, Reference callee) {
        calls.computeIfAbsent(new Node(type.name(), method), _ -> new HashSet<>())
                .add(callee);
    }

    /** Whether every circle comes by a method that polls. */
    boolean allPoll() {
        Map<String, List<Node>> byMethod = calls.keySet().stream().collect(Collectors.groupingBy(Node::method));
        Map<Node, Set<Node>> graph = new HashMap<>();
        calls.forEach((node, called) -> graph.put(
                node,
                called.stream()
                        .flatMap(callee -> targets(callee, byMethod))
                        .collect(Collectors.toCollection(HashSet::new))));
        graph.keySet().removeIf(this::polls);
        boolean changed = true;
        while (changed) {
            graph.values().forEach(called -> called.retainAll(graph.keySet()));
            changed = graph.values().removeIf(Set::isEmpty);
        }
        return graph.isEmpty();
    }

    private Stream<Node> targets(Reference callee, Map<String, List<Node>> byMethod) {
        String method = callee.member() + callee.descriptor();
        return isExact(callee, method)
                ? Stream.of(new Node(callee.owner(), method))
                : byMethod.getOrDefault(method, List.of()).stream();
    }

    /** Whether nothing else than the method that is named can be meant. */
    private boolean isExact(Reference callee, String method) {
        return callee.isConstructor()
                || classes.find(callee.owner())
                        .filter(owner -> owner.declared().contains(method))
                        .filter(owner -> isFinal(owner.model().flags())
                                || owner.model().methods().stream()
                                        .filter(one -> ScannedClass.key(one).equals(method))
                                        .map(MethodModel::flags)
                                        .anyMatch(PackageCycles::isFinal))
                        .isPresent();
    }

    private static boolean isFinal(AccessFlags flags) {
        return flags.has(AccessFlag.FINAL) || flags.has(AccessFlag.STATIC) || flags.has(AccessFlag.PRIVATE);
    }

    private boolean polls(Node node) {
        return entries.computeIfAbsent(
                        node.type(),
                        type -> classes.find(type)
                                .map(found -> LoopPolls.entries(found.model()))
                                .orElse(Set.of()))
                .contains(node.method());
    }
}

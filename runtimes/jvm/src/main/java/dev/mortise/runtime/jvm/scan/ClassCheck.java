package dev.mortise.runtime.jvm.scan;

import java.lang.classfile.MethodModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Finds what a class refers to without permission. Libraries have methods for whole programs, such as those that end the
 * JVM; where nothing else would permit them, the permission for reflection does, with which they could be called anyway.
 * For use by one thread.
 */
final class ClassCheck {

    private static final Requirement NEEDS_NATIVE = Requirement.Needs.one(Permission.NATIVE);
    private static final Requirement NEEDS_THREADS = Requirement.Needs.one(Permission.THREADS);

    private static final Requirement NEEDS_REFLECTION = Requirement.Needs.one(Permission.REFLECTION);

    private final ReferenceRules rules;
    private final Set<String> own;
    private final Set<Permission> granted;

    /** @param own the names of the classes that are no library's */
    ClassCheck(ReferenceRules rules, Set<String> own, Set<Permission> granted) {
        this.rules = rules;
        this.own = own;
        this.granted = granted;
    }

    List<Violation> check(ScannedClass type) {
        Map<Reference, Rule> refused = new LinkedHashMap<>();
        boolean library = !own.contains(type.name());
        for (Reference reference : type.references()) {
            Rule rule = rules.of(reference);
            boolean never = rule.requirement() instanceof Requirement.Never;
            refuse(reference, library && never ? new Rule(rule.category(), NEEDS_REFLECTION) : rule, refused);
        }
        type.bootstraps().forEach(bootstrap -> refuse(bootstrap, Bootstraps.rule(bootstrap), refused));
        Set<Reference> calls = Set.copyOf(refused.keySet());
        refused.keySet()
                .removeIf(reference -> reference.member().equals(Reference.CLASS)
                        && calls.stream().anyMatch(call -> namesToo(call, reference)));
        List<Violation> violations = new ArrayList<>();
        if (!refused.isEmpty()) {
            locate(type, refused, violations);
        }
        if (!granted.contains(Permission.NATIVE)) {
            type.natives()
                    .forEach(method -> violations.add(
                            ofMethod(type, method, "is a native method", new Rule(Category.NATIVE, NEEDS_NATIVE))));
        }
        if (type.finalizes() && !granted.contains(Permission.THREADS)) {
            violations.add(ofMethod(
                    type,
                    "finalize",
                    "would be run by the JVM's finalizer",
                    new Rule(Category.THREADS, NEEDS_THREADS)));
        }
        return violations;
    }

    /** Whoever calls a method names its class and those in its signature as well; the call says more. */
    private static boolean namesToo(Reference call, Reference type) {
        return !call.member().equals(Reference.CLASS)
                && (call.owner().equals(type.owner())
                        || call.descriptor().contains("L" + type.owner().replace('.', '/') + ";"));
    }

    private void refuse(Reference reference, Rule rule, Map<Reference, Rule> refused) {
        if (!rule.requirement().isMetBy(granted)) {
            refused.put(reference, rule);
        }
    }

    /** Once for each method and reference; for the class as a whole if no instruction has it. */
    private static void locate(ScannedClass type, Map<Reference, Rule> refused, List<Violation> violations) {
        Map<Reference, Rule> left = new LinkedHashMap<>(refused);
        for (MethodModel method : type.model().methods()) {
            Set<Reference> here = new HashSet<>();
            for (MethodReferences.Use use : MethodReferences.of(method)) {
                Rule rule = refused.get(use.reference());
                if (rule != null && here.add(use.reference())) {
                    Optional<String> name = Optional.of(method.methodName().stringValue());
                    violations.add(violation(type, name, use.line(), use.reference(), rule));
                }
            }
            left.keySet().removeAll(here);
        }
        left.forEach((reference, rule) ->
                violations.add(violation(type, Optional.empty(), OptionalInt.empty(), reference, rule)));
    }

    private static Violation violation(
            ScannedClass type, Optional<String> method, OptionalInt line, Reference reference, Rule rule) {
        return new Violation(
                type.name(), method, type.sourceFile(), line, reference.described(), reference.target(), "", rule);
    }

    private static Violation ofMethod(ScannedClass type, String method, String does, Rule rule) {
        return new Violation(
                type.name(),
                Optional.of(method),
                type.sourceFile(),
                OptionalInt.empty(),
                does,
                type.name() + "." + method,
                "",
                rule);
    }

    /** A class that cannot be read, and so not be checked. */
    static Violation unreadable(String name, String reason) {
        return new Violation(
                name,
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                "has a class file that makes no sense",
                name,
                reason + "; ",
                new Rule(Category.UNREADABLE, new Requirement.Never()));
    }
}

package dev.mortise.runtime.jvm.polls;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.reflect.AccessFlag;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The methods of a class that must poll when they are entered, because code can run for ever without a loop of its
 * own: methods that call themselves, directly or by way of others of the class; those that call other classes of plugins,
 * which may call back; and what a loop in the JDK may call, the bodies of lambdas and the methods of JDK interfaces.
 */
final class CallCycles {

    /** Neither calls back but through the JDK's interfaces. */
    private static final List<String> CALLS_NOBODY = List.of("java/", "dev/mortise/api/");

    private static final Set<String> WITHOUT_CALLBACKS =
            Set.of("java/lang/Object", "java/lang/Record", "java/lang/Enum", "java/io/Serializable");

    private final Map<String, Set<String>> calls = new HashMap<>();
    private final Set<String> entries = new HashSet<>();
    private final String self;

    private CallCycles(ClassModel model) {
        self = model.thisClass().asInternalName();
        boolean calledBack = isCalledBack(model);
        model.methods().forEach(method -> calls.put(key(method), new HashSet<>()));
        for (MethodModel method : model.methods()) {
            String key = key(method);
            Set<String> called = calls.getOrDefault(key, Set.of());
            method.code().ifPresent(code -> code.forEach(element -> add(element, key, called)));
            if (calledBack && !key.startsWith("<") && !method.flags().has(AccessFlag.STATIC)) {
                entries.add(key);
            }
        }
    }

    /** The {@linkplain #key keys} of the methods that must poll on entry. */
    static Set<String> of(ClassModel model) {
        CallCycles cycles = new CallCycles(model);
        cycles.prune();
        cycles.entries.addAll(cycles.calls.keySet());
        return cycles.entries;
    }

    /** Whether it is of a kind that code of the JDK calls, such as an iterator. */
    private static boolean isCalledBack(ClassModel model) {
        return Stream.concat(model.superclass().stream(), model.interfaces().stream())
                .map(ClassEntry::asInternalName)
                .anyMatch(parent -> parent.startsWith("java/") && !WITHOUT_CALLBACKS.contains(parent));
    }

    static String key(MethodModel method) {
        return method.methodName().stringValue() + method.methodType().stringValue();
    }

    private void add(CodeElement element, String caller, Set<String> called) {
        switch (element) {
            // The receiver's class is left open: a tree's node calls the same method of another node by an interface.
            case InvokeInstruction call
            when CALLS_NOBODY.stream().noneMatch(call.owner().asInternalName()::startsWith) -> {
                add(call.name().stringValue() + call.type().stringValue(), called);
                // A class whose initializer is stopped is of no use any more.
                if (!call.owner().asInternalName().equals(self) && !caller.startsWith("<clinit>")) {
                    entries.add(caller);
                }
            }
            case InvokeDynamicInstruction call -> {
                for (ConstantDesc argument : call.bootstrapArgs()) {
                    if (argument instanceof DirectMethodHandleDesc target) {
                        String key = target.methodName() + target.lookupDescriptor();
                        add(key, called);
                        if (target.methodName().startsWith("lambda$") && calls.containsKey(key)) {
                            entries.add(key);
                        }
                    }
                }
            }
            default -> {
                // Calls nothing.
            }
        }
    }

    private void add(String key, Set<String> called) {
        if (calls.containsKey(key) && !key.startsWith("<")) {
            called.add(key);
        }
    }

    /** Takes away what calls nobody or is called by nobody, until only cycles and what lies between them are left. */
    private void prune() {
        boolean changed = true;
        while (changed) {
            Set<String> called = new HashSet<>();
            calls.values().forEach(called::addAll);
            changed =
                    calls.entrySet().removeIf(entry -> entry.getValue().isEmpty() || !called.contains(entry.getKey()));
            calls.values().forEach(targets -> targets.retainAll(calls.keySet()));
        }
    }
}

package dev.mortise.runtime.jvm.polls;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The methods of a class that must poll when they are entered, because code can run for ever without a loop of its
 * own: methods that call themselves, directly or by way of others of the class, and those that lambdas and method
 * references are made of, which a loop in the JDK may call.
 */
final class CallCycles {

    private final Map<String, Set<String>> calls = new HashMap<>();
    private final Set<String> handedOut = new HashSet<>();

    private CallCycles(ClassModel model) {
        model.methods().forEach(method -> calls.put(key(method), new HashSet<>()));
        for (MethodModel method : model.methods()) {
            Set<String> called = calls.getOrDefault(key(method), Set.of());
            method.code().ifPresent(code -> code.forEach(element -> add(element, called)));
        }
    }

    /** The {@linkplain #key keys} of the methods that must poll on entry. */
    static Set<String> of(ClassModel model) {
        CallCycles cycles = new CallCycles(model);
        cycles.prune();
        cycles.handedOut.addAll(cycles.calls.keySet());
        return cycles.handedOut;
    }

    static String key(MethodModel method) {
        return method.methodName().stringValue() + method.methodType().stringValue();
    }

    private void add(CodeElement element, Set<String> called) {
        switch (element) {
            // The receiver's class is left open: a tree's node calls the same method of another node by an interface.
            case InvokeInstruction call
            when !call.owner().asInternalName().startsWith("java/") ->
                add(call.name().stringValue() + call.type().stringValue(), called);
            case InvokeDynamicInstruction call -> {
                for (ConstantDesc argument : call.bootstrapArgs()) {
                    if (argument instanceof DirectMethodHandleDesc target) {
                        String key = target.methodName() + target.lookupDescriptor();
                        add(key, called);
                        if (!key.startsWith("<") && calls.containsKey(key)) {
                            handedOut.add(key);
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

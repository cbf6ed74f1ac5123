package dev.mortise.runtime.jvm.polls;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.attribute.CodeAttribute;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Gives the classes of one plugin instance their polls, as they are defined. Safe for use by several threads.
 *
 * <p>Not reached are loops in the JDK's own code, native code, and classes that the plugin defines behind its loader's
 * back.
 */
public final class LoopPolls {

    private static final int HEADER = 8;
    private static final int MAGIC = 0xCAFEBABE;
    private static final int LARGEST_METHOD = 65_535;
    /** Up to here a branch reaches every place of its method. */
    private static final int SAFE_METHOD = 32_767;

    private final ClassFile classFiles = ClassFile.of(
            ClassFile.StackMapsOption.DROP_STACK_MAPS,
            ClassFile.ShortJumpsOption.FAIL_ON_SHORT_JUMPS,
            ClassFile.DeadCodeOption.KEEP_DEAD_CODE);
    private final Consumer<PollGap> gaps;

    /** @param gaps is told what stays without polls, from whatever thread defines the class */
    public LoopPolls(Consumer<PollGap> gaps) {
        this.gaps = gaps;
    }

    /**
     * Adds the polls.
     *
     * @param name of the class, for messages
     * @return the class file to define; the same one if it has no loops or cannot be changed
     * @throws ClassFormatError if the class was understood but could not be written again
     */
    public byte[] addTo(String name, byte[] classFile) {
        if (!isClassFile(classFile)) {
            // The JVM has the better message for it.
            return classFile;
        }
        Map<MethodModel, MethodPolls> plan;
        ClassModel model;
        try {
            model = classFiles.parse(classFile);
            plan = plan(model);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            gaps.accept(new PollGap(name, "the class file is not understood: " + e.getMessage()));
            return classFile;
        }
        return plan.isEmpty() ? classFile : insert(name, model, plan);
    }

    /** The methods of a class that poll when they are entered, each by its name and descriptor in one. */
    public static Set<String> entries(ClassModel model) {
        return CallCycles.of(model);
    }

    private static boolean isClassFile(byte[] content) {
        return content.length > HEADER && ByteBuffer.wrap(content).getInt() == MAGIC;
    }

    private static Map<MethodModel, MethodPolls> plan(ClassModel model) {
        Set<String> onEntry = CallCycles.of(model);
        Map<MethodModel, MethodPolls> plan = new HashMap<>();
        for (MethodModel method : model.methods()) {
            method.code().ifPresent(code -> {
                MethodPolls polls = MethodPolls.of(code, onEntry.contains(CallCycles.key(method)));
                if (polls.count() > 0) {
                    plan.put(method, polls);
                }
            });
        }
        return plan;
    }

    private byte[] insert(String name, ClassModel model, Map<MethodModel, MethodPolls> plan) {
        leaveOut(name, plan, LARGEST_METHOD);
        try {
            return write(model, plan);
        } catch (IllegalArgumentException tooFar) {
            // A branch of a large method no longer reached its target.
            leaveOut(name, plan, SAFE_METHOD);
            try {
                return write(model, plan);
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new ClassFormatError("the loops of " + name + " cannot be made stoppable: " + e.getMessage());
            }
        }
    }

    private void leaveOut(String name, Map<MethodModel, MethodPolls> plan, int largest) {
        plan.entrySet().removeIf(entry -> {
            boolean tooLarge = entry.getValue().largestSize() > largest;
            if (tooLarge) {
                gaps.accept(new PollGap(
                        name + "." + entry.getKey().methodName().stringValue(),
                        "the method is too large to be changed; split it"));
            }
            return tooLarge;
        });
    }

    private byte[] write(ClassModel model, Map<MethodModel, MethodPolls> plan) {
        return classFiles.transformClass(model, (builder, element) -> {
            MethodPolls polls = element instanceof MethodModel method ? plan.get(method) : null;
            if (polls != null && element instanceof MethodModel method) {
                CodeAttribute code = (CodeAttribute) method.code().orElseThrow();
                builder.transformMethod(method, MethodTransform.transformingCode(new PollInsertion(code, polls)));
            } else {
                builder.with(element);
            }
        });
    }
}

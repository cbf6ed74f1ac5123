package dev.mortise.runtime.jvm.scan;

import dev.mortise.runtime.jvm.loading.VisiblePackages;
import dev.mortise.runtime.jvm.polls.LoopPolls;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.DiscontinuedInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.reflect.AccessFlag;
import java.util.Set;

/**
 * Judges whether code can be stopped at any time: its own loops poll, and what it calls comes back by itself. Code of that
 * kind can run on the thread of whoever waits for it. For use by one thread.
 */
final class StoppableCode {

    /** A method that grows beyond what a branch reaches gets no polls. */
    private static final int LARGEST_METHOD = 16 << 10;

    /** What the JDK asks again and again, until it says that there is no more or gives an answer that fits. */
    private static final Set<String> CALLED_IN_LOOPS = Set.of(
            "java.lang.CharSequence",
            "java.util.Collection",
            "java.util.Enumeration",
            "java.util.Iterator",
            "java.util.Spliterator",
            "java.util.concurrent.ConcurrentMap",
            "java.util.function.BinaryOperator",
            "java.util.function.IntBinaryOperator",
            "java.util.function.IntUnaryOperator",
            "java.util.function.LongBinaryOperator",
            "java.util.function.LongUnaryOperator",
            "java.util.function.UnaryOperator",
            "java.util.random.RandomGenerator");

    private final PackageClasses classes;
    private final RuleTable table;
    private final ReferenceRules rules;

    StoppableCode(RuleTable table, PackageClasses classes) {
        this.classes = classes;
        this.table = table;
        this.rules = new ReferenceRules(table, classes);
    }

    /** Whether the method itself waits for nobody; what it refers to is looked at by itself. */
    boolean isStoppable(MethodModel method) {
        return !method.flags().has(AccessFlag.SYNCHRONIZED)
                && !method.flags().has(AccessFlag.NATIVE)
                && method.code().map(StoppableCode::isStoppable).orElse(true);
    }

    private static boolean isStoppable(CodeModel code) {
        CodeAttribute attribute = (CodeAttribute) code;
        return attribute.codeLength() <= LARGEST_METHOD
                && code.exceptionHandlers().stream().noneMatch(one -> guardsItself(one, attribute))
                && code.elementStream()
                        .noneMatch(element ->
                                element instanceof MonitorInstruction || element instanceof DiscontinuedInstruction);
    }

    /** A handler can throw to itself for ever, without any branch that could poll. */
    private static boolean guardsItself(ExceptionCatch one, CodeAttribute code) {
        int handler = code.labelToBci(one.handler());
        return code.labelToBci(one.tryStart()) <= handler && handler < code.labelToBci(one.tryEnd());
    }

    /** Whether a class with these ancestors is of a kind whose answers the JDK does not wait for in a loop. */
    boolean isStoppable(Set<String> ancestors) {
        return ancestors.stream().noneMatch(this::isCalledInLoops);
    }

    private boolean isCalledInLoops(String type) {
        return CALLED_IN_LOOPS.stream().anyMatch(called -> classes.jdk().isSubclass(type, called));
    }

    /**
     * Whether a lambda or method reference comes back from such a loop: it polls, or calls nobody back.
     *
     * @param made the interface that it is made for, and the method of it
     */
    boolean isStoppable(String made, Reference target) {
        String type = made.substring(0, made.indexOf('#'));
        boolean inLoops = isCalledInLoops(type)
                || classes.find(type)
                        .filter(own -> !isStoppable(classes.ancestors(own)))
                        .isPresent();
        return !inLoops
                || classes.find(target.owner())
                        .map(own -> LoopPolls.entries(own.model()).contains(target.member() + target.descriptor()))
                        .orElseGet(() -> classes.jdk().isFinal(target.owner()));
    }

    /** Whether a method or field that code refers to is harmless in this respect, or part of the package. */
    boolean isStoppable(Reference reference) {
        String name = reference.packageName();
        if (VisiblePackages.isApi(name)) {
            return table.find(reference, _ -> false).isFree();
        }
        // Of what is in neither, another plugin's classes, nothing is known here.
        return (VisiblePackages.isPlatform(name) || classes.has(reference.owner()))
                && rules.of(reference).isFree();
    }
}

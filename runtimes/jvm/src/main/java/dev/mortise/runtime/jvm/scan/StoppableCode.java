package dev.mortise.runtime.jvm.scan;

import dev.mortise.runtime.jvm.loading.VisiblePackages;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
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

    /** What loops in the JDK call until it says that there is no more. */
    private static final Set<String> CALLED_IN_LOOPS = Set.of(
            "java.lang.CharSequence",
            "java.util.Enumeration",
            "java.util.Iterator",
            "java.util.ListIterator",
            "java.util.PrimitiveIterator$OfDouble",
            "java.util.PrimitiveIterator$OfInt",
            "java.util.PrimitiveIterator$OfLong",
            "java.util.Spliterator");

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
        return ((CodeAttribute) code).codeLength() <= LARGEST_METHOD
                && code.elementStream().noneMatch(MonitorInstruction.class::isInstance);
    }

    /** Whether a class with these ancestors is of a kind whose end the JDK does not wait for in a loop. */
    boolean isStoppable(Set<String> ancestors) {
        return ancestors.stream().noneMatch(CALLED_IN_LOOPS::contains);
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

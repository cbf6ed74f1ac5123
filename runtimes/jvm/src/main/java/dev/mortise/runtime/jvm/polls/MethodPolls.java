package dev.mortise.runtime.jvm.polls;

import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Label;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where one method needs polls: before each branch that leads backward, at exception handlers that lead backward, and
 * on entry if it must.
 *
 * @param count how many
 * @param largestSize an upper bound of the code's size with them
 */
record MethodPolls(boolean onEntry, Set<Label> handlers, int count, int largestSize) {

    private static final int POLL_SIZE = 3;
    /** A switch is padded to a multiple of four. */
    private static final int SWITCH_PADDING = 3;

    static MethodPolls of(CodeModel code, boolean onEntry) {
        Map<Label, Integer> positions = new HashMap<>();
        Set<Label> seen = new HashSet<>();
        int count = onEntry ? 1 : 0;
        int switches = 0;
        for (CodeElement element : code) {
            if (element instanceof LabelTarget target) {
                positions.put(target.label(), positions.size());
                seen.add(target.label());
            } else if (leadsBackward(element, seen)) {
                count++;
            }
            if (element instanceof TableSwitchInstruction || element instanceof LookupSwitchInstruction) {
                switches++;
            }
        }
        Set<Label> handlers = backwardHandlers(code.exceptionHandlers(), positions);
        count += handlers.size();
        int size = ((CodeAttribute) code).codeLength() + count * POLL_SIZE + switches * SWITCH_PADDING;
        return new MethodPolls(onEntry, handlers, count, size);
    }

    /** Whether the instruction may continue at a place that was passed before. */
    static boolean leadsBackward(CodeElement element, Set<Label> seen) {
        return switch (element) {
            case BranchInstruction branch -> seen.contains(branch.target());
            case TableSwitchInstruction choice -> leadsBackward(choice.defaultTarget(), choice.cases(), seen);
            case LookupSwitchInstruction choice -> leadsBackward(choice.defaultTarget(), choice.cases(), seen);
            default -> false;
        };
    }

    private static boolean leadsBackward(Label defaultTarget, List<SwitchCase> cases, Set<Label> seen) {
        return seen.contains(defaultTarget) || cases.stream().anyMatch(one -> seen.contains(one.target()));
    }

    /**
     * Handlers before the code that they guard; compilers do not make them, but they loop without any branch. One that
     * guards itself, as at the end of every synchronized block, gets no poll: it would catch what its own poll throws.
     */
    private static Set<Label> backwardHandlers(List<ExceptionCatch> catches, Map<Label, Integer> positions) {
        Set<Label> handlers = new HashSet<>();
        for (ExceptionCatch one : catches) {
            if (position(positions, one.handler()) < position(positions, one.tryStart())) {
                handlers.add(one.handler());
            }
        }
        return handlers;
    }

    private static int position(Map<Label, Integer> positions, Label label) {
        return positions.getOrDefault(label, Integer.MAX_VALUE);
    }
}

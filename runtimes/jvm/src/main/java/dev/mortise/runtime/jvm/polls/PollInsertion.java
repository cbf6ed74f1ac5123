package dev.mortise.runtime.jvm.polls;

import java.lang.classfile.Attributes;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.HashSet;
import java.util.Set;

/**
 * Writes a method again with polls in it. A poll takes nothing from the stack and leaves nothing, and nothing jumps to
 * it: the method's own stack maps stay right, only at other offsets, so no class need be resolved for new ones.
 */
final class PollInsertion implements CodeTransform {

    private static final ClassDesc LOOP_POLL = ClassDesc.of(LoopPoll.class.getName());
    private static final MethodTypeDesc NOTHING = MethodTypeDesc.of(ConstantDescs.CD_void);

    private final CodeAttribute original;
    private final MethodPolls polls;
    private final Set<Label> seen = new HashSet<>();

    PollInsertion(CodeAttribute original, MethodPolls polls) {
        this.original = original;
        this.polls = polls;
    }

    @Override
    public void atStart(CodeBuilder builder) {
        if (polls.onEntry()) {
            poll(builder);
        }
    }

    @Override
    public void accept(CodeBuilder builder, CodeElement element) {
        if (MethodPolls.leadsBackward(element, seen)) {
            poll(builder);
        }
        builder.with(element);
        if (element instanceof LabelTarget target) {
            seen.add(target.label());
            if (polls.handlers().contains(target.label())) {
                poll(builder);
            }
        }
    }

    /** A plain call, because it works in class files of every age and links at once. */
    private static void poll(CodeBuilder builder) {
        builder.invokestatic(LOOP_POLL, "poll", NOTHING);
    }

    @Override
    public void atEnd(CodeBuilder builder) {
        original.findAttribute(Attributes.stackMapTable()).ifPresent(builder::with);
    }
}

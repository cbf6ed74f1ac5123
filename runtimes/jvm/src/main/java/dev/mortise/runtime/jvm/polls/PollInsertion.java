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
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.CallSite;
import java.util.HashSet;
import java.util.Set;

/**
 * Writes a method again with polls in it. A poll takes nothing from the stack and leaves nothing, and nothing jumps to
 * it: the method's own stack maps stay right, only at other offsets, so no class need be resolved for new ones.
 */
final class PollInsertion implements CodeTransform {

    private static final DynamicCallSiteDesc POLL = DynamicCallSiteDesc.of(
            ConstantDescs.ofCallsiteBootstrap(
                    ClassDesc.of(LoopPoll.class.getName()), "bootstrap", ClassDesc.of(CallSite.class.getName())),
            "poll",
            MethodTypeDesc.of(ConstantDescs.CD_void));

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
            builder.invokedynamic(POLL);
        }
    }

    @Override
    public void accept(CodeBuilder builder, CodeElement element) {
        if (MethodPolls.leadsBackward(element, seen)) {
            builder.invokedynamic(POLL);
        }
        builder.with(element);
        if (element instanceof LabelTarget target) {
            seen.add(target.label());
            if (polls.handlers().contains(target.label())) {
                builder.invokedynamic(POLL);
            }
        }
    }

    @Override
    public void atEnd(CodeBuilder builder) {
        original.findAttribute(Attributes.stackMapTable()).ifPresent(builder::with);
    }
}

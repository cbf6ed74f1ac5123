package dev.mortise.runtime.jvm.scan;

import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.ConstantDynamicEntry;
import java.lang.classfile.constantpool.DynamicConstantPoolEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** What the instructions of one method refer to, in their order, with the lines of the source that they are from. */
final class MethodReferences {

    /** Constants that are computed from constants can lead in a circle in a class file that nobody compiled. */
    private static final int DEEPEST_CONSTANT = 16;

    /**
     * A reference at its place.
     *
     * @param line of the source; absent if the class was compiled without
     * @param made what a lambda or method reference makes: the interface, and the method of it; empty otherwise
     */
    record Use(Reference reference, OptionalInt line, String made) {}

    private final List<Use> uses = new ArrayList<>();
    private OptionalInt line = OptionalInt.empty();
    private String made = "";

    private MethodReferences(CodeModel code) {
        code.forEach(this::add);
    }

    static List<Use> of(MethodModel method) {
        return method.code().map(code -> new MethodReferences(code).uses).orElse(List.of());
    }

    private void add(CodeElement element) {
        ReferenceSink sink = new ReferenceSink(reference -> uses.add(new Use(reference, line, made)));
        switch (element) {
            case LineNumber number -> line = OptionalInt.of(number.line());
            case ExceptionCatch caught -> caught.catchType().ifPresent(type -> sink.type(type.asInternalName()));
            case Instruction instruction -> add(instruction, sink);
            default -> {
                // Labels and debugging information.
            }
        }
    }

    private void add(Instruction instruction, ReferenceSink sink) {
        switch (instruction) {
            case InvokeInstruction call -> member(call.method(), sink);
            case FieldInstruction access -> member(access.field(), sink);
            case NewObjectInstruction creation -> sink.type(creation.className().asInternalName());
            case NewReferenceArrayInstruction creation ->
                sink.type(creation.componentType().asInternalName());
            case NewMultiArrayInstruction creation ->
                sink.type(creation.arrayType().asInternalName());
            case TypeCheckInstruction check -> sink.type(check.type().asInternalName());
            case ConstantInstruction.LoadConstantInstruction constant -> constant(constant.constantEntry(), sink, 0);
            case InvokeDynamicInstruction call -> {
                String descriptor = call.type().stringValue();
                int end = descriptor.lastIndexOf(")L");
                made = end < 0
                        ? ""
                        : descriptor.substring(end + 2, descriptor.length() - 1).replace('/', '.') + "#"
                                + call.name().stringValue();
                sink.types(descriptor);
                dynamic(call.invokedynamic(), sink, 0);
                made = "";
            }
            default -> {
                // Refers to nothing outside of the method.
            }
        }
    }

    private static void member(MemberRefEntry member, ReferenceSink sink) {
        sink.member(
                member.owner().asInternalName(),
                member.name().stringValue(),
                member.type().stringValue());
    }

    private static void constant(LoadableConstantEntry entry, ReferenceSink sink, int depth) {
        switch (entry) {
            case ClassEntry type -> sink.type(type.asInternalName());
            case MethodTypeEntry type -> sink.types(type.descriptor().stringValue());
            case MethodHandleEntry handle -> member(handle.reference(), sink);
            case ConstantDynamicEntry dynamic
            when depth < DEEPEST_CONSTANT -> {
                sink.types(dynamic.type().stringValue());
                dynamic(dynamic, sink, depth + 1);
            }
            default -> {
                // Numbers and texts.
            }
        }
    }

    private static void dynamic(DynamicConstantPoolEntry entry, ReferenceSink sink, int depth) {
        member(entry.bootstrap().bootstrapMethod().reference(), sink);
        entry.bootstrap().arguments().forEach(argument -> constant(argument, sink, depth));
    }
}

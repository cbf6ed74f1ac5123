package dev.mortise.runtime.jvm.scan;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.DynamicConstantPoolEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A class file and all that it refers to. Nothing can be used that is not in the constant pool, so the pool is what is
 * looked at, not the instructions.
 *
 * @param parents its superclass and interfaces
 * @param references each once
 * @param declared its own methods and fields, name and descriptor in one
 * @param bootstraps what its dynamic call sites and constants are linked by
 * @param natives its native methods
 * @param finalizes whether the JVM's finalizer thread would run a method of it
 */
record ScannedClass(
        String name,
        String fingerprint,
        ClassModel model,
        List<String> parents,
        Set<Reference> references,
        Set<String> declared,
        Set<Reference> bootstraps,
        List<String> natives,
        boolean finalizes) {

    /**
     * Reads a class file.
     *
     * @throws IllegalArgumentException if it is none, or damaged
     */
    static ScannedClass of(byte[] content) {
        try {
            return read(Fingerprint.of(content), ClassFile.of().parse(content));
        } catch (IndexOutOfBoundsException | IllegalStateException e) {
            throw new IllegalArgumentException("the class file is damaged: " + e.getMessage(), e);
        }
    }

    private static ScannedClass read(String fingerprint, ClassModel model) {
        Set<Reference> references = new LinkedHashSet<>();
        Set<Reference> bootstraps = new LinkedHashSet<>();
        ReferenceSink sink = new ReferenceSink(references::add);
        String name = model.thisClass().asInternalName().replace('/', '.');
        List<String> parents = new ArrayList<>();
        model.superclass().ifPresent(parent -> parents.add(parent.asInternalName()));
        model.interfaces().forEach(parent -> parents.add(parent.asInternalName()));
        parents.forEach(sink::parent);
        for (PoolEntry entry : model.constantPool()) {
            add(entry, sink, bootstraps);
        }
        Set<String> declared = new HashSet<>();
        List<String> natives = new ArrayList<>();
        for (FieldModel field : model.fields()) {
            declared.add(field.fieldName().stringValue() + field.fieldType().stringValue());
            sink.types(field.fieldType().stringValue());
        }
        for (MethodModel method : model.methods()) {
            declared.add(key(method));
            sink.types(method.methodType().stringValue());
            if (method.flags().has(AccessFlag.NATIVE)) {
                natives.add(method.methodName().stringValue());
            }
        }
        return new ScannedClass(
                name,
                fingerprint,
                model,
                parents.stream().map(parent -> parent.replace('/', '.')).toList(),
                references,
                declared,
                bootstraps,
                List.copyOf(natives),
                declared.contains("finalize()V"));
    }

    /** By tags rather than by types: a switch over types costs a start-up some milliseconds, and every entry some time. */
    private static void add(PoolEntry entry, ReferenceSink sink, Set<Reference> bootstraps) {
        switch (entry.tag()) {
            case PoolEntry.TAG_CLASS -> sink.type(((ClassEntry) entry).asInternalName());
            case PoolEntry.TAG_FIELDREF, PoolEntry.TAG_METHODREF, PoolEntry.TAG_INTERFACE_METHODREF -> {
                MemberRefEntry member = (MemberRefEntry) entry;
                sink.member(
                        member.owner().asInternalName(),
                        member.name().stringValue(),
                        member.type().stringValue());
            }
            case PoolEntry.TAG_NAME_AND_TYPE ->
                sink.types(((NameAndTypeEntry) entry).type().stringValue());
            case PoolEntry.TAG_METHOD_TYPE ->
                sink.types(((MethodTypeEntry) entry).descriptor().stringValue());
            case PoolEntry.TAG_INVOKE_DYNAMIC, PoolEntry.TAG_DYNAMIC -> {
                MemberRefEntry method = ((DynamicConstantPoolEntry) entry)
                        .bootstrap()
                        .bootstrapMethod()
                        .reference();
                bootstraps.add(new Reference(
                        method.owner().asInternalName().replace('/', '.'),
                        method.name().stringValue(),
                        method.type().stringValue()));
            }
            default -> {
                // Numbers and texts refer to nothing, and method handles to members that are entries themselves.
            }
        }
    }

    static String key(MethodModel method) {
        return method.methodName().stringValue() + method.methodType().stringValue();
    }

    /** The name of its source file. */
    Optional<String> sourceFile() {
        return model.findAttribute(Attributes.sourceFile())
                .map(SourceFileAttribute::sourceFile)
                .map(file -> file.stringValue());
    }
}

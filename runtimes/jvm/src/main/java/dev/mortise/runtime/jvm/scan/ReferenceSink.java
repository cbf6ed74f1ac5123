package dev.mortise.runtime.jvm.scan;

import java.util.function.Consumer;

/** Turns the spellings of class files into references. */
record ReferenceSink(Consumer<Reference> target) {

    private static final String OBJECT = "java.lang.Object";

    /** @param internalName of a class, or the descriptor of an array */
    void type(String internalName) {
        if (internalName.startsWith("[")) {
            types(internalName);
        } else {
            target.accept(Reference.type(binary(internalName)));
        }
    }

    void parent(String internalName) {
        target.accept(Reference.parent(binary(internalName)));
    }

    /** @param owner as for {@link #type} */
    void member(String owner, String name, String descriptor) {
        if (owner.startsWith("[")) {
            // Arrays have the methods of every object.
            types(owner);
            target.accept(new Reference(OBJECT, name, descriptor));
        } else {
            target.accept(new Reference(binary(owner), name, descriptor));
        }
        types(descriptor);
    }

    /** The classes in the descriptor of a field or method. */
    void types(String descriptor) {
        int start = descriptor.indexOf('L');
        while (start >= 0) {
            int end = descriptor.indexOf(';', start);
            if (end < 0) {
                return;
            }
            target.accept(Reference.type(binary(descriptor.substring(start + 1, end))));
            start = descriptor.indexOf('L', end);
        }
    }

    private static String binary(String internalName) {
        return internalName.replace('/', '.');
    }
}

package dev.mortise.runtime.jvm.leftovers;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.ref.WeakReference;

/**
 * A class loader that nothing refers to. It has defined a class, because a loader without any is an object like others
 * and goes with the next small collection, which does not look at classes.
 */
final class Canary extends ClassLoader {

    private static final String NAME = "Canary";
    private static final byte[] CLASS = ClassFile.of().build(ClassDesc.of(NAME), type -> {});

    private Canary() {
        super("mortise-canary", null);
    }

    static WeakReference<ClassLoader> released() {
        Canary canary = new Canary();
        canary.defineClass(NAME, CLASS, 0, CLASS.length);
        return new WeakReference<>(canary);
    }
}

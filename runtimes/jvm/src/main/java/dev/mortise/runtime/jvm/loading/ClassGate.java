package dev.mortise.runtime.jvm.loading;

/** Decides which classes of a package may be defined. Safe for use by several threads. */
@FunctionalInterface
public interface ClassGate {

    /**
     * Looks at a class file, the very array that is then defined if this returns.
     *
     * @param name of the class, in binary form
     * @throws NoClassDefFoundError saying why, if the class must not be defined
     */
    void admit(String name, byte[] classFile);
}

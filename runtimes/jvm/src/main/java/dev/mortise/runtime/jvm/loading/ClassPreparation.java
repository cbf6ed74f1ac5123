package dev.mortise.runtime.jvm.loading;

/** Makes the class files of a package into those that are defined. Safe for use by several threads. */
@FunctionalInterface
public interface ClassPreparation {

    /**
     * Prepares a class.
     *
     * @param name of the class, in binary form
     * @return what to define; the same array if nothing needs to be changed
     * @throws NoClassDefFoundError saying why, if the class must not be defined
     */
    byte[] prepare(String name, byte[] classFile);
}

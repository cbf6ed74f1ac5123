package dev.mortise.runtime.jvm.scan;

/**
 * Something that a class file refers to.
 *
 * @param owner a class by its binary name, such as {@code java.lang.Thread$Builder}; never an array
 * @param member a method or field, {@code <init>} for a constructor, or one of the pseudo members
 * @param descriptor of the method or field as in the class file; empty for a pseudo member
 */
record Reference(String owner, String member, String descriptor) {

    /** The class is named: as a type, in a cast, as a literal. */
    static final String CLASS = ".class";

    /** The class is the superclass or an interface of the class that refers to it. */
    static final String EXTENDS = ".extends";

    private static final String CONSTRUCTOR = "<init>";

    static Reference type(String owner) {
        return new Reference(owner, CLASS, "");
    }

    static Reference parent(String owner) {
        return new Reference(owner, EXTENDS, "");
    }

    boolean isMember() {
        return !descriptor.isEmpty();
    }

    boolean isMethod() {
        return descriptor.startsWith("(");
    }

    boolean isConstructor() {
        return member.equals(CONSTRUCTOR);
    }

    String packageName() {
        int end = owner.lastIndexOf('.');
        return end < 0 ? "" : owner.substring(0, end);
    }

    /** As a person would name it. */
    String target() {
        return switch (member) {
            case CLASS, EXTENDS -> owner;
            case CONSTRUCTOR -> owner + ".new";
            default -> owner + "." + member;
        };
    }

    /** What the class that has the reference does, such as {@code calls java.lang.Runtime.exec}. */
    String described() {
        return switch (member) {
            case CLASS -> "names " + owner;
            case EXTENDS -> "extends or implements " + owner;
            case CONSTRUCTOR -> "makes a " + owner;
            default -> (isMethod() ? "calls " : "uses ") + target();
        };
    }
}

package dev.mortise.runtime.jvm.scan;

/** What a table says about a reference. */
record Rule(Category category, Requirement requirement) {

    static final Rule FREE = new Rule(Category.UNKNOWN, new Requirement.Free());
    static final Rule UNKNOWN = new Rule(Category.UNKNOWN, new Requirement.Never());

    boolean isFree() {
        return requirement instanceof Requirement.Free;
    }
}

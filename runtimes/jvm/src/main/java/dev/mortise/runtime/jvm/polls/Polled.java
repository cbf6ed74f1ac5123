package dev.mortise.runtime.jvm.polls;

/** A class loader whose classes have polls in their loops. */
public interface Polled {

    PollSwitch pollSwitch();
}

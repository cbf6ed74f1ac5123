package dev.mortise.host.ring;

import dev.mortise.host.Services;
import java.util.function.Supplier;

/** The generation that a pass stays in. */
public interface PassScope {

    RingTable rings();

    long generation();

    Services services();

    /** Runs something so that what plugins call from it belongs to this request. */
    <T> T within(Supplier<T> task);

    /** Lets go of the generation; to be called once. */
    void leave();
}

package dev.mortise.plugin.webhook;

/** What has become of a hook that was posted. */
public sealed interface Delivery {

    /** The other side has it. */
    record Taken(int status) implements Delivery {}

    /**
     * The other side does not want it, and will not later.
     *
     * @param words the beginning of what it said, printable and short
     */
    record Refused(int status, String words) implements Delivery {}

    /** Nobody has taken it in time; it may have arrived all the same. */
    record Away(String reason) implements Delivery {}
}

package dev.mortise.runtime.jvm.polls;

/**
 * Plugin code whose loops cannot be stopped.
 *
 * @param where a class or a method of it
 * @param reason why its loops have no polls
 */
public record PollGap(String where, String reason) {

    @Override
    public String toString() {
        return "loops of " + where + " cannot be stopped: " + reason;
    }
}

package dev.mortise.host.guard;

/**
 * A thread that could not be ended.
 *
 * @param name of the thread
 * @param where it is at this moment
 */
public record StuckThread(String name, String where) {}

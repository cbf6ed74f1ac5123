package dev.mortise.runtime.process.sandbox;

import java.util.Locale;

/** One thing that a sandbox takes from a plugin. Each is in force or not, independently of the others. */
public enum SandboxLayer {
    /** The plugin cannot gain privileges by running a set-user-id program. */
    NO_NEW_PRIVILEGES("no new privileges"),
    /** The plugin opens, makes, changes and runs only files that it was granted. */
    FILES("files"),
    /** System calls that serve to leave a sandbox or to attack the kernel are refused. */
    SYSTEM_CALLS("system calls"),
    /** The plugin has a user id of its own, so it can touch neither the host's files nor another plugin's. */
    IDENTITY("user id"),
    /** The plugin sees no processes but its own, and can signal none. */
    PROCESS_VIEW("process view"),
    /** The plugin reaches no network but what it was granted. */
    NETWORK("network"),
    /** Killing the plugin kills every process that it has started, whatever these did to hide. */
    DESCENDANTS("descendants"),
    /** The plugin and all of its processes die with the host, however the host dies. */
    ORPHANS("no orphans"),
    /** The memory of all of the plugin's processes together is bounded. */
    MEMORY("memory"),
    /** The number of the plugin's processes and threads is bounded. */
    PROCESSES("processes"),
    /** The plugin's share of the processors is bounded. */
    PROCESSORS("processors"),
    /** The number of open files of each of the plugin's processes is bounded. */
    DESCRIPTORS("descriptors");

    private final String title;

    SandboxLayer(String title) {
        this.title = title;
    }

    /** For people, such as {@code no new privileges}. */
    public String title() {
        return title;
    }

    /** For programs, such as {@code no_new_privileges}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}

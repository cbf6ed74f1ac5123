package dev.mortise.runtime.process.sandbox;

import static dev.mortise.runtime.process.sandbox.SandboxLayer.DESCENDANTS;
import static dev.mortise.runtime.process.sandbox.SandboxLayer.DESCRIPTORS;
import static dev.mortise.runtime.process.sandbox.SandboxLayer.FILES;
import static dev.mortise.runtime.process.sandbox.SandboxLayer.IDENTITY;
import static dev.mortise.runtime.process.sandbox.SandboxLayer.MEMORY;
import static dev.mortise.runtime.process.sandbox.SandboxLayer.NETWORK;
import static dev.mortise.runtime.process.sandbox.SandboxLayer.NO_NEW_PRIVILEGES;
import static dev.mortise.runtime.process.sandbox.SandboxLayer.ORPHANS;
import static dev.mortise.runtime.process.sandbox.SandboxLayer.PROCESSES;
import static dev.mortise.runtime.process.sandbox.SandboxLayer.PROCESSORS;
import static dev.mortise.runtime.process.sandbox.SandboxLayer.PROCESS_VIEW;
import static dev.mortise.runtime.process.sandbox.SandboxLayer.SYSTEM_CALLS;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** How much of a sandbox: named sets of layers, each with everything that the one before has. */
public enum SandboxTier {
    /** A process of its own and nothing else: faults stay in it, malice does not. */
    PLAIN(EnumSet.noneOf(SandboxLayer.class)),
    /** Files, system calls, network and privileges are bounded: what the manifest grants is what the plugin can do. */
    CONFINED(EnumSet.of(NO_NEW_PRIVILEGES, FILES, SYSTEM_CALLS, NETWORK, DESCRIPTORS)),
    /** The plugin also cannot see, signal or outlive anybody: for code that nobody vouches for. */
    ISOLATED(EnumSet.of(
            NO_NEW_PRIVILEGES,
            FILES,
            SYSTEM_CALLS,
            NETWORK,
            DESCRIPTORS,
            IDENTITY,
            PROCESS_VIEW,
            DESCENDANTS,
            ORPHANS,
            PROCESSES)),
    /** The plugin also cannot starve its neighbours of memory and processors. */
    METERED(EnumSet.of(
            NO_NEW_PRIVILEGES,
            FILES,
            SYSTEM_CALLS,
            NETWORK,
            DESCRIPTORS,
            IDENTITY,
            PROCESS_VIEW,
            DESCENDANTS,
            ORPHANS,
            PROCESSES,
            MEMORY,
            PROCESSORS));

    private final Set<SandboxLayer> layers;

    SandboxTier(EnumSet<SandboxLayer> layers) {
        this.layers = Collections.unmodifiableSet(layers);
    }

    /** What must be in force. */
    public Set<SandboxLayer> layers() {
        return layers;
    }

    /** For programs, such as {@code isolated}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.mortise.runtime.process.peer;

import dev.mortise.api.Plugin;
import dev.mortise.contracts.operations.MemoryStore;

/** A store that runs in the host's own JVM. */
public final class JvmStore extends MemoryStore implements Plugin {}

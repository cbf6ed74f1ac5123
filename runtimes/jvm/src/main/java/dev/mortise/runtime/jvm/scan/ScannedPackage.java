package dev.mortise.runtime.jvm.scan;

import dev.mortise.runtime.jvm.loading.ClassGate;

/**
 * A package that does nothing without permission.
 *
 * @param gate what its classes must pass to be defined
 * @param stoppableHooks whether everything that its hooks can reach can be stopped at any time
 */
public record ScannedPackage(ClassGate gate, boolean stoppableHooks) {}

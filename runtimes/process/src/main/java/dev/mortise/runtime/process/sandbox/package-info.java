/**
 * What a plugin's process may do, as the kernel enforces it: rules for files and network, a filter of system calls, bounds
 * on resources. Values and translations only; {@code dev.mortise.runtime.process.spawn} puts them into force.
 */
@NullMarked
package dev.mortise.runtime.process.sandbox;

import org.jspecify.annotations.NullMarked;

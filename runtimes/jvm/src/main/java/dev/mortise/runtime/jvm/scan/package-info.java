/**
 * Compares what a plugin's bytecode refers to with what its manifest permits, before any of it runs. The rules are in
 * two tables among the resources: what code may refer to, and what waits and has no place in a hook.
 *
 * <p>This is a guard rail for honest code, not a boundary: the project's SECURITY page says what gets past it.
 */
@NullMarked
package dev.mortise.runtime.jvm.scan;

import org.jspecify.annotations.NullMarked;

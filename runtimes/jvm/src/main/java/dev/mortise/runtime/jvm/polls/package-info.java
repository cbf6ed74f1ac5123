/**
 * Stops plugin code that spins: every loop of a plugin asks, at no measurable cost, whether its thread is to leave.
 */
@NullMarked
package dev.mortise.runtime.jvm.polls;

import org.jspecify.annotations.NullMarked;

/**
 * The one guard that every call into a plugin passes: its deadline, the containment of whatever it throws, the limit on
 * calls at the same time, the breaker, statistics and traces. Nothing else in the host calls plugin code.
 */
@NullMarked
package dev.mortise.host.guard;

import org.jspecify.annotations.NullMarked;

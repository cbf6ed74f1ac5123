/** Keeping plugins up: restarts, quarantine of those that will not stay up, and the traces of hosts that have died. */
@NullMarked
package dev.mortise.runtime.process.supervise;

import org.jspecify.annotations.NullMarked;

/** Storage for hosts that need not remember anything after they are closed. */
@NullMarked
package dev.mortise.host.memory;

import org.jspecify.annotations.NullMarked;

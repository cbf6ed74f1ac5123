/** Checks classes and gives them their polls, once for each package rather than at each start of a host. */
@NullMarked
package dev.mortise.runtime.jvm.prepare;

import org.jspecify.annotations.NullMarked;

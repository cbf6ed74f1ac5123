/** Rings: which hooks run in which order, and the way of a request through them. */
@NullMarked
package dev.mortise.host.ring;

import org.jspecify.annotations.NullMarked;

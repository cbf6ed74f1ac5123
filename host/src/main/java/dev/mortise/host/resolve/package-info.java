/** Settles which plugins can be active together, and in which order they start. */
@NullMarked
package dev.mortise.host.resolve;

import org.jspecify.annotations.NullMarked;

/** Connecting to where a component says, as far as an operator allows that, and finding out how it does. */
@NullMarked
package dev.mortise.plugin.statusprobe;

import org.jspecify.annotations.NullMarked;

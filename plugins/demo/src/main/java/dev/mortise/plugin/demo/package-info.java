/** A plugin that shows a function, a counter that survives swaps, and an event. */
@NullMarked
package dev.mortise.plugin.demo;

import org.jspecify.annotations.NullMarked;

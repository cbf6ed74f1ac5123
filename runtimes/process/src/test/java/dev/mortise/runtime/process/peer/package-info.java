/** Plugins in Java that the tests pack into one file and run as processes. */
@NullMarked
package dev.mortise.runtime.process.peer;

import org.jspecify.annotations.NullMarked;

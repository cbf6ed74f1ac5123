/** Starting executables: what to start, and the process that came of it. */
@NullMarked
package dev.mortise.runtime.process.launch;

import org.jspecify.annotations.NullMarked;

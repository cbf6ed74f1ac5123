/** What a plugin writes: bytes to lines, lines to records of the host's log, with their levels and within bounds. */
@NullMarked
package dev.mortise.runtime.process.output;

import org.jspecify.annotations.NullMarked;

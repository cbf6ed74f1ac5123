/** Benchmarks of what the host adds to a call into a plugin. */
@NullMarked
package dev.mortise.bench;

import org.jspecify.annotations.NullMarked;

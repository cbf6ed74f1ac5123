/** A contract of an embedder's own. */
@NullMarked
package dev.mortise.runtime.process.notebook;

import org.jspecify.annotations.NullMarked;

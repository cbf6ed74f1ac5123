/** Runs every code block of the documentation, so that no example can rot. */
@NullMarked
package dev.mortise.docs;

import org.jspecify.annotations.NullMarked;

/** Commands for those who write plugins: scaffold, validate, pack, and the loop from an edit to a live plugin. */
@NullMarked
package dev.mortise.cli.author;

import org.jspecify.annotations.NullMarked;

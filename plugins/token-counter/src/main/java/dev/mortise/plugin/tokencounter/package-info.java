/** Counts the tokens that answers have really used. */
@NullMarked
package dev.mortise.plugin.tokencounter;

import org.jspecify.annotations.NullMarked;

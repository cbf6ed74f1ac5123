/** A language model that repeats what it is told. */
@NullMarked
package dev.mortise.plugin.llmecho;

import org.jspecify.annotations.NullMarked;

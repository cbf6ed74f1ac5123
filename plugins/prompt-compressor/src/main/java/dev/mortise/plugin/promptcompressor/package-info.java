/** Shortens logs, diffs and repetitions in prompts. */
@NullMarked
package dev.mortise.plugin.promptcompressor;

import org.jspecify.annotations.NullMarked;

/** Sends simple prompts to cheaper models. */
@NullMarked
package dev.mortise.plugin.modeldowngrader;

import org.jspecify.annotations.NullMarked;

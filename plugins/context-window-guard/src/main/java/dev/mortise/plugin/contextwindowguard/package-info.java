/** Refuses prompts that do not fit into a model. */
@NullMarked
package dev.mortise.plugin.contextwindowguard;

import org.jspecify.annotations.NullMarked;

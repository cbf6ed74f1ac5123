/** Notices leaks of the system prompt. */
@NullMarked
package dev.mortise.plugin.canarydetector;

import org.jspecify.annotations.NullMarked;

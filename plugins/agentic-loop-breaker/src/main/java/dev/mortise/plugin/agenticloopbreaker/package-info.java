/** Breaks loops of agents that send the same prompt again and again. */
@NullMarked
package dev.mortise.plugin.agenticloopbreaker;

import org.jspecify.annotations.NullMarked;

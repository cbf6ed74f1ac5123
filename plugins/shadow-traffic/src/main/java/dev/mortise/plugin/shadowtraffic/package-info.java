/** Compares a second model on sampled prompts. */
@NullMarked
package dev.mortise.plugin.shadowtraffic;

import org.jspecify.annotations.NullMarked;

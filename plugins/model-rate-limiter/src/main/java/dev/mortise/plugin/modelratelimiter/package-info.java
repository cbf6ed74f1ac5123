/** Limits how often a caller may use a model. */
@NullMarked
package dev.mortise.plugin.modelratelimiter;

import org.jspecify.annotations.NullMarked;

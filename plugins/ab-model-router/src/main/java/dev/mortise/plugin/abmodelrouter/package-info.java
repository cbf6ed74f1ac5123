/** Compares two models on live traffic. */
@NullMarked
package dev.mortise.plugin.abmodelrouter;

import org.jspecify.annotations.NullMarked;

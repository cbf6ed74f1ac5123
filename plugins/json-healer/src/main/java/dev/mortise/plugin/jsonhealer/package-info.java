/** Repairs responses that are almost JSON. */
@NullMarked
package dev.mortise.plugin.jsonhealer;

import org.jspecify.annotations.NullMarked;

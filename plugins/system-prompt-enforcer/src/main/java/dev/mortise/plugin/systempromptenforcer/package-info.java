/** Puts the system prompt of the operator into requests. */
@NullMarked
package dev.mortise.plugin.systempromptenforcer;

import org.jspecify.annotations.NullMarked;

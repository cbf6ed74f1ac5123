/** A plugin for the testkit's own tests, with one of everything that a plugin can offer. */
@NullMarked
package dev.mortise.testkit.turnstile;

import org.jspecify.annotations.NullMarked;

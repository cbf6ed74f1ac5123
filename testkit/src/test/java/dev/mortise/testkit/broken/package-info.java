/** A plugin for the testkit's own tests that does not start. */
@NullMarked
package dev.mortise.testkit.broken;

import org.jspecify.annotations.NullMarked;

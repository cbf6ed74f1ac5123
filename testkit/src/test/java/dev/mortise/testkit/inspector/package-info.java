/** A plugin for the testkit's own tests that needs another one. */
@NullMarked
package dev.mortise.testkit.inspector;

import org.jspecify.annotations.NullMarked;

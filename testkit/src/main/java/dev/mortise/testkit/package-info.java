/**
 * Runs a plugin in a JUnit test as the host would: in a real host, in its own class loader, through the guard, with a
 * clock that the test moves. Begin with {@link dev.mortise.testkit.PluginTest}.
 */
@NullMarked
package dev.mortise.testkit;

import org.jspecify.annotations.NullMarked;

/**
 * What a plugin author writes against: the plugin life cycle, functions, events, routines, hooks, configuration and
 * the state store. Compiled for Java 21 and free of dependencies, so that a plugin sees nothing else of the host.
 */
@NullMarked
package dev.mortise.api;

import org.jspecify.annotations.NullMarked;

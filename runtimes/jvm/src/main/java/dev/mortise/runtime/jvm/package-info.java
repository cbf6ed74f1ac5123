/**
 * Runs plugins that are Java classes: each version in a class loader of its own, its annotated methods as functions,
 * listeners, routines and hooks, and nothing of it left behind once it has been released.
 */
@NullMarked
package dev.mortise.runtime.jvm;

import org.jspecify.annotations.NullMarked;

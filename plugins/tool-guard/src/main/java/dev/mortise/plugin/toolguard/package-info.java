/** Keeps tools for the roles that may use them. */
@NullMarked
package dev.mortise.plugin.toolguard;

import org.jspecify.annotations.NullMarked;

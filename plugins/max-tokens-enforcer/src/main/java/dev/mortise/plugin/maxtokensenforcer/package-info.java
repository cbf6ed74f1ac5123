/** Holds the length of answers under a ceiling. */
@NullMarked
package dev.mortise.plugin.maxtokensenforcer;

import org.jspecify.annotations.NullMarked;

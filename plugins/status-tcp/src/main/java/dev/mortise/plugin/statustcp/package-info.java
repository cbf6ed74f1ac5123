/** The status of components by TCP. */
@NullMarked
package dev.mortise.plugin.statustcp;

import org.jspecify.annotations.NullMarked;

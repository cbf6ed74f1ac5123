/** Answers repeated requests from memory. */
@NullMarked
package dev.mortise.plugin.responsecache;

import org.jspecify.annotations.NullMarked;

/** Calls of another gateway's plugins, and tests that compare plugins of Mortise with them. */
@NullMarked
package dev.mortise.plugin.recordedcases;

import org.jspecify.annotations.NullMarked;

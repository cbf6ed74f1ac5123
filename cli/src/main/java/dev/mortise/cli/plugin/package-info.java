/** Commands about the plugins of a host: what there is, and every way to change it. */
@NullMarked
package dev.mortise.cli.plugin;

import org.jspecify.annotations.NullMarked;

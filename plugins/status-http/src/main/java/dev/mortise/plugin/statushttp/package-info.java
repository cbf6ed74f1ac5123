/** The status of components by HTTP. */
@NullMarked
package dev.mortise.plugin.statushttp;

import org.jspecify.annotations.NullMarked;

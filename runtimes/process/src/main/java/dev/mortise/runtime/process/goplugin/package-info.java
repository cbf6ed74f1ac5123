/**
 * The host's end of the go-plugin protocol: launches an executable, shakes hands, and keeps the connection until it is
 * closed.
 */
@NullMarked
package dev.mortise.runtime.process.goplugin;

import org.jspecify.annotations.NullMarked;

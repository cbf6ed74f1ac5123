/** Runs a host with storage and HTTP server until it is told to stop, and leaves word of it in the data directory. */
@NullMarked
package dev.mortise.cli.serve;

import org.jspecify.annotations.NullMarked;

/** Finds the host that a command is for, and talks to it over HTTP as any other client would. */
@NullMarked
package dev.mortise.cli.client;

import org.jspecify.annotations.NullMarked;

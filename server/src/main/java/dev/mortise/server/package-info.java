/** A host's operations over HTTP: start a {@code MortiseServer} beside a running host, and close it before the host. */
@NullMarked
package dev.mortise.server;

import org.jspecify.annotations.NullMarked;

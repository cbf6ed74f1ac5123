/**
 * Yamux: many streams over one connection, after HashiCorp's published specification of the wire format, as Netty channels.
 * A session is a handler on the connection; each stream is a channel of its own, on the connection's event loop.
 */
@NullMarked
package dev.mortise.runtime.process.wire.yamux;

import org.jspecify.annotations.NullMarked;

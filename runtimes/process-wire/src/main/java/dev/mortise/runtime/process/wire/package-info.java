/** What both ends of the go-plugin protocol share: the handshake line, sockets, certificates and the broker. */
@NullMarked
package dev.mortise.runtime.process.wire;

import org.jspecify.annotations.NullMarked;

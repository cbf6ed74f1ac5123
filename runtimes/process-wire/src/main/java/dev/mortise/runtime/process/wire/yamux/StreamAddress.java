package dev.mortise.runtime.process.wire.yamux;

import java.net.SocketAddress;

/** The end of a stream, for those who want an address of it; it says what the stream is, and leads nowhere. */
public final class StreamAddress extends SocketAddress {

    private static final long serialVersionUID = 1;

    private final String name;

    public StreamAddress(String name) {
        this.name = name;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StreamAddress address && address.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}

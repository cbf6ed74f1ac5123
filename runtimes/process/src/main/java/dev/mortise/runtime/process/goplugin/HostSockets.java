package dev.mortise.runtime.process.goplugin;

import dev.mortise.runtime.process.wire.SocketProvider;
import io.netty.channel.epoll.Epoll;

/** Picks the sockets that a host speaks to its plugins by: Linux's own epoll where there is one, else the JDK's. */
final class HostSockets {

    private HostSockets() {}

    static SocketProvider provider() {
        return Epoll.isAvailable() ? new EpollSockets() : SocketProvider.ofJdk();
    }
}

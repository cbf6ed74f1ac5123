package dev.mortise.runtime.process.wire;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import java.net.SocketAddress;

/** By which means sockets are spoken to. */
public interface SocketProvider {

    /** What waits for the sockets. */
    IoHandlerFactory handlers();

    /**
     * Whether whatever waits for the sockets does so in the kernel and takes no notice of interruptions, on every kind of
     * thread. Only then callers can drive the sockets: see {@link SocketLoop}.
     */
    boolean canBeDriven();

    /** The address in this provider's own form. */
    SocketAddress address(SocketAddress address);

    Class<? extends Channel> client(SocketAddress address);

    Class<? extends ServerChannel> server(SocketAddress address);

    /** The sockets of the JDK, which every platform has. */
    static SocketProvider ofJdk() {
        return new JdkSockets();
    }
}

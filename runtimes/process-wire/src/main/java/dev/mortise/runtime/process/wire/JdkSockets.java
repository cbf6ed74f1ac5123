package dev.mortise.runtime.process.wire;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

/**
 * Sockets of the JDK. A virtual thread that waits for them is parked, and woken by another thread; so nothing is won if it
 * waits itself.
 */
final class JdkSockets implements SocketProvider {

    @Override
    public IoHandlerFactory handlers() {
        return NioIoHandler.newFactory();
    }

    @Override
    public boolean canBeDriven() {
        return false;
    }

    @Override
    public SocketAddress address(SocketAddress address) {
        return address;
    }

    @Override
    public Class<? extends Channel> client(SocketAddress address) {
        return address instanceof UnixDomainSocketAddress ? NioDomainSocketChannel.class : NioSocketChannel.class;
    }

    @Override
    public Class<? extends ServerChannel> server(SocketAddress address) {
        return address instanceof UnixDomainSocketAddress
                ? NioServerDomainSocketChannel.class
                : NioServerSocketChannel.class;
    }
}

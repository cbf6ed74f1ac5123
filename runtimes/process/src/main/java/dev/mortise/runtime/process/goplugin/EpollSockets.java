package dev.mortise.runtime.process.goplugin;

import dev.mortise.runtime.process.wire.SocketProvider;
import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

/** Sockets of Linux, without the JDK in between: whoever waits for them, a virtual thread too, waits in the kernel. */
final class EpollSockets implements SocketProvider {

    @Override
    public IoHandlerFactory handlers() {
        return EpollIoHandler.newFactory();
    }

    @Override
    public boolean canBeDriven() {
        return true;
    }

    @Override
    public SocketAddress address(SocketAddress address) {
        return address instanceof UnixDomainSocketAddress unix
                ? new DomainSocketAddress(unix.getPath().toString())
                : address;
    }

    @Override
    public Class<? extends Channel> client(SocketAddress address) {
        return address instanceof DomainSocketAddress ? EpollDomainSocketChannel.class : EpollSocketChannel.class;
    }

    @Override
    public Class<? extends ServerChannel> server(SocketAddress address) {
        return address instanceof DomainSocketAddress
                ? EpollServerDomainSocketChannel.class
                : EpollServerSocketChannel.class;
    }
}

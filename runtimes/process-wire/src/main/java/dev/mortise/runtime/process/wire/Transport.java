package dev.mortise.runtime.process.wire;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Makes the gRPC channels and servers of one plugin's connection, over Unix sockets or TCP, in plain text or with mutual
 * TLS. Owns the threads that they run on: one for the sockets, and virtual ones for whatever calls back. Safe for use by
 * several threads.
 */
public final class Transport implements AutoCloseable {

    private static final String LOCALHOST = "localhost";
    /** For the last bytes that are under way; nothing is waited for that could come. */
    private static final long QUIET_MILLIS = 0;

    private static final long LONGEST_CLOSE_MILLIS = 1_000;

    private final int largestMessage;
    private final EventLoopGroup sockets;
    private final ExecutorService callbacks;
    private final List<Runnable> closings = new CopyOnWriteArrayList<>();

    /**
     * @param name of the plugin, for the names of threads
     * @param largestMessage in bytes; larger ones are refused with RESOURCE_EXHAUSTED
     */
    public Transport(String name, int largestMessage) {
        this.largestMessage = largestMessage;
        this.sockets = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("mortise-process-" + name + "-socket", true), NioIoHandler.newFactory());
        this.callbacks = Executors.newThreadPerTaskExecutor(Thread.ofVirtual()
                .name("mortise-process-" + name + "-callback-", 0)
                .factory());
    }

    /** Runs what comes in; virtual threads. */
    public Executor callbacks() {
        return callbacks;
    }

    /** The thread of a connection that carries others. */
    EventLoop loop() {
        return sockets.next();
    }

    /** Connects such a connection. Its thread does it; this one waits. */
    ChannelFuture connect(EventLoop loop, SocketAddress target, int timeoutMillis, ChannelHandler handler) {
        return new Bootstrap()
                .group(loop)
                .channel(
                        target instanceof UnixDomainSocketAddress
                                ? NioDomainSocketChannel.class
                                : NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMillis)
                .handler(handler)
                .connect(target)
                .awaitUninterruptibly();
    }

    /** Listens for such a connection. @param handler of what connects */
    ChannelFuture bind(EventLoop loop, SocketAddress address, ChannelHandler handler) {
        return new ServerBootstrap()
                .group(loop, loop)
                .channel(
                        address instanceof UnixDomainSocketAddress
                                ? NioServerDomainSocketChannel.class
                                : NioServerSocketChannel.class)
                .childHandler(handler)
                .bind(address)
                .awaitUninterruptibly();
    }

    /** A channel that connects when it is first used. */
    public ManagedChannel channel(PluginAddress address, Optional<MutualTls> tls) {
        SocketAddress target = address.socketAddress();
        NettyChannelBuilder builder = channelBuilder(target, sockets, tls);
        if (target instanceof UnixDomainSocketAddress) {
            builder.channelType(NioDomainSocketChannel.class, UnixDomainSocketAddress.class)
                    .withOption(ChannelOption.SO_KEEPALIVE, null);
        } else {
            builder.channelType(NioSocketChannel.class);
        }
        return builder.build();
    }

    /** What is the same for every channel, whatever it runs over. */
    NettyChannelBuilder channelBuilder(SocketAddress target, EventLoopGroup threads, Optional<MutualTls> tls) {
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress(target)
                .eventLoopGroup(threads)
                .executor(callbacks)
                // A path is not a name that could stand in a request; and the certificates are for this one.
                .overrideAuthority(LOCALHOST)
                .maxInboundMessageSize(largestMessage)
                // Nothing but this machine is spoken to, so no proxy is asked.
                .proxyDetector(ignored -> null)
                .intercept(new ClosingTransport())
                .disableRetry();
        tls.ifPresentOrElse(present -> builder.sslContext(present.client()), builder::usePlaintext);
        return builder;
    }

    /**
     * A server that listens already.
     *
     * @throws IOException if the address cannot be bound
     */
    public Server serve(PluginAddress address, Optional<MutualTls> tls, List<ServerServiceDefinition> services)
            throws IOException {
        return serve(address.socketAddress(), tls, services);
    }

    /**
     * A server that listens already, at an address whose port may be 0.
     *
     * @throws IOException if the address cannot be bound
     */
    public Server serve(SocketAddress address, Optional<MutualTls> tls, List<ServerServiceDefinition> services)
            throws IOException {
        NettyServerBuilder builder = serverBuilder(address, sockets, tls).addServices(services);
        if (address instanceof UnixDomainSocketAddress) {
            builder.channelType(NioServerDomainSocketChannel.class).withChildOption(ChannelOption.SO_KEEPALIVE, null);
        } else {
            builder.channelType(NioServerSocketChannel.class);
        }
        return builder.build().start();
    }

    /** What is the same for every server, whatever it runs over. */
    NettyServerBuilder serverBuilder(SocketAddress address, EventLoopGroup threads, Optional<MutualTls> tls) {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(address)
                .bossEventLoopGroup(threads)
                .workerEventLoopGroup(threads)
                .executor(callbacks)
                .maxInboundMessageSize(largestMessage);
        tls.ifPresent(present -> builder.sslContext(present.server()));
        return builder;
    }

    /** Something to be closed with this transport, before its threads end. */
    void closesWith(Runnable closing) {
        closings.add(closing);
    }

    /** Ends the threads. Channels and servers are to be shut down before. Waits a second at most. */
    @Override
    public void close() {
        closings.forEach(Runnable::run);
        callbacks.shutdown();
        sockets.shutdownGracefully(QUIET_MILLIS, LONGEST_CLOSE_MILLIS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(LONGEST_CLOSE_MILLIS);
    }
}

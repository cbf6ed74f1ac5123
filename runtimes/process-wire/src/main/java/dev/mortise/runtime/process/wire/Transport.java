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
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
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
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Makes the gRPC channels and servers of one plugin's connection, over Unix sockets or TCP, in plain text or with mutual
 * TLS. Owns the threads that they run on: one for the sockets, which a lone caller may {@linkplain CallLoop drive} instead,
 * and virtual ones for whatever calls back. Safe for use by several threads.
 */
public final class Transport implements AutoCloseable {

    private static final String LOCALHOST = "localhost";
    /** For the last bytes that are under way; nothing is waited for that could come. */
    private static final long QUIET_MILLIS = 0;

    private static final long LONGEST_CLOSE_MILLIS = 1_000;

    private final int largestMessage;
    private final SocketProvider provider;
    private final EventLoopGroup sockets;
    private final ExecutorService callbacks;
    private final List<Runnable> closings = new CopyOnWriteArrayList<>();

    /**
     * @param name of the plugin, for the names of threads
     * @param largestMessage in bytes; larger ones are refused with RESOURCE_EXHAUSTED
     */
    public Transport(String name, int largestMessage) {
        this(name, largestMessage, SocketProvider.ofJdk());
    }

    /** As {@link #Transport(String, int)}, over sockets of another kind. */
    public Transport(String name, int largestMessage, SocketProvider provider) {
        this.largestMessage = largestMessage;
        this.provider = provider;
        DefaultThreadFactory threads = new DefaultThreadFactory("mortise-process-" + name + "-socket", true);
        this.sockets = provider.canBeDriven()
                ? new SocketLoops(threads, provider.handlers())
                : new MultiThreadIoEventLoopGroup(1, threads, provider.handlers());
        this.callbacks = Executors.newThreadPerTaskExecutor(Thread.ofVirtual()
                .name("mortise-process-" + name + "-callback-", 0)
                .factory());
    }

    /** One loop, which callers may drive. */
    private static final class SocketLoops extends MultiThreadIoEventLoopGroup {

        SocketLoops(ThreadFactory threads, IoHandlerFactory handlers) {
            super(1, threads, handlers);
        }

        @Override
        protected IoEventLoop newChild(Executor executor, IoHandlerFactory handlers, Object... unused) {
            return new SocketLoop(this, executor, handlers);
        }
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
        SocketAddress own = provider.address(target);
        return new Bootstrap()
                .group(loop)
                .channel(provider.client(own))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMillis)
                .handler(handler)
                .connect(own)
                .awaitUninterruptibly();
    }

    /** Listens for such a connection. @param handler of what connects */
    ChannelFuture bind(EventLoop loop, SocketAddress address, ChannelHandler handler) {
        SocketAddress own = provider.address(address);
        return new ServerBootstrap()
                .group(loop, loop)
                .channel(provider.server(own))
                .childHandler(handler)
                .bind(own)
                .awaitUninterruptibly();
    }

    /** A channel that connects when it is first used. */
    public ManagedChannel channel(PluginAddress address, Optional<MutualTls> tls) {
        SocketAddress target = provider.address(address.socketAddress());
        NettyChannelBuilder builder =
                channelBuilder(target, sockets, tls).channelType(provider.client(target), target.getClass());
        if (address instanceof PluginAddress.Unix) {
            builder.withOption(ChannelOption.SO_KEEPALIVE, null);
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
        if (sockets.next() instanceof SocketLoop loop) {
            builder.intercept(CallLoop.with(loop));
        }
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
        SocketAddress own = provider.address(address);
        NettyServerBuilder builder = serverBuilder(own, sockets, tls)
                .channelType(provider.server(own))
                .addServices(services);
        if (address instanceof UnixDomainSocketAddress) {
            builder.withChildOption(ChannelOption.SO_KEEPALIVE, null);
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

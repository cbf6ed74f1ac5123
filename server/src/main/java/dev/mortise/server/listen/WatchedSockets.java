package dev.mortise.server.listen;

import io.helidon.common.socket.SocketOptions;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The one place where the web server shows a connection before anything is read from it. */
final class WatchedSockets implements SocketOptions {

    private final SocketOptions options = SocketOptions.builder()
            // Events and small answers are to leave at once.
            .tcpNoDelay(true)
            .build();

    private final ConnectionWatch watch;
    private final AcceptHold hold;

    WatchedSockets(ConnectionWatch watch, AcceptHold hold) {
        this.watch = watch;
        this.hold = hold;
    }

    @Override
    public void configureSocket(SocketChannel channel) {
        hold.pass();
        options.configureSocket(channel);
        watch.accepted(channel);
    }

    @Override
    public Map<SocketOption<?>, Object> socketOptions() {
        return options.socketOptions();
    }

    @Override
    public Duration connectTimeout() {
        return options.connectTimeout();
    }

    @Override
    public Duration readTimeout() {
        return options.readTimeout();
    }

    @Override
    public Optional<Integer> socketReceiveBufferSize() {
        return options.socketReceiveBufferSize();
    }

    @Override
    public Optional<Integer> socketSendBufferSize() {
        return options.socketSendBufferSize();
    }

    @Override
    public boolean socketReuseAddress() {
        return options.socketReuseAddress();
    }

    @Override
    public boolean socketKeepAlive() {
        return options.socketKeepAlive();
    }

    @Override
    public boolean tcpNoDelay() {
        return options.tcpNoDelay();
    }
}

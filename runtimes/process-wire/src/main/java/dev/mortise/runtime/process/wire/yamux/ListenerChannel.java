package dev.mortise.runtime.process.wire.yamux;

import io.netty.channel.AbstractServerChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Takes streams of a session as a server takes connections, once it has been bound to any address. */
public final class ListenerChannel extends AbstractServerChannel {

    private final ChannelConfig config = new DefaultChannelConfig(this);
    private volatile @Nullable SocketAddress bound;
    private volatile boolean open = true;

    /** On the session's event loop. */
    void take(StreamChannel stream) {
        pipeline().fireChannelRead(stream);
        pipeline().fireChannelReadComplete();
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean isActive() {
        return open && bound != null;
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return true;
    }

    @Override
    protected @Nullable SocketAddress localAddress0() {
        return bound;
    }

    @Override
    protected void doBind(SocketAddress address) {
        bound = address;
    }

    @Override
    protected void doClose() {
        open = false;
    }

    /** Streams come by themselves. */
    @Override
    protected void doBeginRead() {}
}

package dev.mortise.runtime.process.wire.yamux;

import dev.mortise.runtime.process.wire.yamux.YamuxException.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a session, as a channel like any other. It lives on the session's event loop. What its handlers do not read is
 * kept up to the size of a window, and the other end stops sending; what cannot be sent yet is kept as by a socket's channel.
 */
public final class StreamChannel extends AbstractChannel implements DuplexChannel {

    private static final ChannelMetadata METADATA = new ChannelMetadata(false);

    /** So that a long message of one stream does not hold up all others. */
    private static final int LONGEST_FRAME = 64 * 1024;

    private enum State {
        UNOPENED,
        OPEN,
        CLOSED
    }

    private final YamuxSession session;
    private final StreamGate gate;
    private final StreamChannelConfig config = new StreamChannelConfig(this);
    private final SendWindow sending = new SendWindow();
    private final ReceiveWindow receiving = new ReceiveWindow();
    private volatile State state = State.UNOPENED;
    private volatile long streamId;
    private boolean ours;
    private boolean acknowledged;
    private boolean wantsToRead;
    private boolean hasRead;
    private boolean delivers;
    /** The other end sends nothing further; the handlers may not know yet. */
    private boolean ended;

    private volatile boolean inputShutdown;
    private volatile boolean outputShutdown;
    private @Nullable ByteBuf unread;

    /** A stream that is yet to be connected, to any address. */
    public StreamChannel(YamuxSession session, StreamGate gate) {
        super(null);
        this.session = session;
        this.gate = gate;
    }

    /** A stream that the other end has opened. */
    StreamChannel(YamuxSession session, long streamId) {
        this(session, StreamGate.OPEN);
        this.streamId = streamId;
        acknowledged = true;
        state = State.OPEN;
    }

    long streamId() {
        return streamId;
    }

    /** Whether this end has opened it and the other one has not taken it yet. */
    boolean isUnacknowledged() {
        return ours && !acknowledged;
    }

    boolean isOurs() {
        return ours;
    }

    // What the session says.

    void acknowledge() {
        acknowledged = true;
    }

    /** A frame with so many bytes begins. */
    void announced(long bytes) throws YamuxException {
        receiving.announced(bytes);
    }

    /** @param bytes belong to the stream now */
    void received(ByteBuf bytes) {
        if (state != State.OPEN || ended) {
            bytes.release();
        } else if (inputShutdown) {
            // The other end cannot know, and could not go on to its end if it had to wait for a reader.
            receiving.read(bytes.readableBytes());
            bytes.release();
            session.readCompletesLater(this);
        } else if (wantsToRead && unread == null) {
            deliver(bytes);
        } else {
            keep(bytes);
        }
    }

    private void deliver(ByteBuf bytes) {
        hasRead = true;
        if (!config.isAutoRead()) {
            wantsToRead = false;
        }
        session.readCompletesLater(this);
        receiving.read(bytes.readableBytes());
        pipeline().fireChannelRead(bytes);
    }

    /** Copied together, since the other end may cut as small as it likes. */
    private void keep(ByteBuf bytes) {
        try {
            ByteBuf kept = unread;
            if (kept == null) {
                kept = config.getAllocator().buffer(bytes.readableBytes());
                unread = kept;
            }
            kept.writeBytes(bytes);
        } finally {
            bytes.release();
        }
    }

    /** Nothing more has come in for now. */
    void readComplete() {
        if (hasRead) {
            hasRead = false;
            pipeline().fireChannelReadComplete();
        }
        long granted = state == State.OPEN && !ended ? receiving.grant() : 0;
        if (granted > 0) {
            session.control(FrameType.WINDOW_UPDATE, 0, streamId, granted);
        }
        if (!ended || state != State.OPEN) {
            return;
        }
        if (isShutdown()) {
            unsafe().close(unsafe().voidPromise());
        } else if (unread == null && wantsToRead && !inputShutdown) {
            endInput();
        }
    }

    /** @throws YamuxException if it was the end before */
    void endedByPeer() throws YamuxException {
        if (ended) {
            throw new YamuxException(Reason.ENDED_TWICE, "the other end has ended stream " + streamId + " twice");
        }
        ended = true;
        session.readCompletesLater(this);
    }

    private void endInput() {
        inputShutdown = true;
        if (config.allowsHalfClosure() && !outputShutdown) {
            pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
            pipeline().fireUserEventTriggered(ChannelInputShutdownReadComplete.INSTANCE);
        } else {
            unsafe().close(unsafe().voidPromise());
        }
    }

    void granted(long further) throws YamuxException {
        sending.grant(further);
        sendOn();
    }

    /** Goes on sending, if there is something to send. */
    void sendOn() {
        if (state == State.OPEN) {
            ((StreamUnsafe) unsafe()).flush0();
        }
    }

    /** What it has not read of this end's it does not want. That is a failure, unless it had said that it is done. */
    void resetByPeer() {
        if (ended) {
            unsafe().close(unsafe().voidPromise());
            return;
        }
        fail(
                isUnacknowledged()
                        ? new YamuxException(Reason.REFUSED, "the other end has refused stream " + streamId)
                        : new YamuxException(Reason.RESET, "the other end has reset stream " + streamId));
    }

    void fail(IOException cause) {
        pipeline().fireExceptionCaught(cause);
        ((StreamUnsafe) unsafe()).closeBecause(cause);
    }

    // What Netty asks.

    private final class StreamUnsafe extends AbstractUnsafe {

        @Override
        public void connect(SocketAddress remote, @Nullable SocketAddress local, ChannelPromise promise) {
            if (!promise.setUncancellable() || !ensureOpen(promise)) {
                return;
            }
            if (state == State.OPEN) {
                safeSetFailure(promise, new AlreadyConnectedException());
                return;
            }
            gate.pass(new StreamGate.Opening() {
                @Override
                public CompletableFuture<Void> open() {
                    return CompletableFuture.runAsync(() -> StreamUnsafe.this.open(promise), eventLoop());
                }

                @Override
                public void refuse(IOException why) {
                    eventLoop().execute(() -> failToConnect(promise, why));
                }
            });
        }

        private void open(ChannelPromise promise) {
            if (state != State.UNOPENED) {
                session.openInVain();
                promise.tryFailure(new ClosedChannelException());
                return;
            }
            try {
                streamId = session.open(StreamChannel.this);
            } catch (IOException e) {
                failToConnect(promise, e);
                return;
            }
            ours = true;
            state = State.OPEN;
            promise.trySuccess();
            pipeline().fireChannelActive();
        }

        private void failToConnect(ChannelPromise promise, IOException why) {
            promise.tryFailure(why);
            close(voidPromise());
        }

        void closeBecause(IOException cause) {
            ClosedChannelException closed = new ClosedChannelException();
            closed.initCause(cause);
            close(voidPromise(), cause, closed);
        }

        @Override
        protected void flush0() {
            super.flush0();
        }
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new StreamUnsafe();
    }

    @Override
    protected void doBeginRead() {
        wantsToRead = true;
        if ((unread != null || ended) && !delivers) {
            delivers = true;
            eventLoop().execute(this::deliverKept);
        }
    }

    private void deliverKept() {
        delivers = false;
        ByteBuf kept = unread;
        if (kept != null && wantsToRead && state == State.OPEN) {
            unread = null;
            deliver(kept);
        }
        readComplete();
    }

    void stopReading() {
        if (isRegistered() && !eventLoop().inEventLoop()) {
            eventLoop().execute(this::stopReading);
        } else {
            wantsToRead = false;
        }
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
        if (message instanceof ByteBuf) {
            return message;
        }
        throw new UnsupportedOperationException("a stream sends buffers, and no " + message.getClass());
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer buffer) throws Exception {
        while (true) {
            while (!buffer.isEmpty() && sending.left() > 0 && session.isWritable()) {
                sendSomeOf(buffer);
            }
            session.flush();
            if (buffer.isEmpty() || sending.left() == 0) {
                return;
            }
            // Asked again, because a flush may have made room already.
            if (!session.isWritable()) {
                session.sendOnLater(this);
                return;
            }
        }
    }

    /** Sends one frame. It is complete before anybody hears that something was sent, since they may close the stream. */
    private void sendSomeOf(ChannelOutboundBuffer buffer) throws Exception {
        FramePayload payload = new FramePayload((int) Math.min(sending.left(), LONGEST_FRAME));
        buffer.forEachFlushedMessage(payload);
        if (payload.size() > 0) {
            session.data(streamId, sending.take(payload.size()), payload.pieces());
        }
        if (state == State.OPEN) {
            buffer.removeBytes(payload.size());
        }
    }

    @Override
    protected void doShutdownOutput() {
        if (!outputShutdown && state == State.OPEN) {
            outputShutdown = true;
            session.control(FrameType.WINDOW_UPDATE, FrameHeader.FIN, streamId, 0);
        }
    }

    @Override
    protected void doClose() {
        State before = state;
        state = State.CLOSED;
        boolean abandons = unread != null;
        if (unread != null) {
            unread.release();
            unread = null;
        }
        if (before == State.OPEN) {
            session.closed(this, abandons ? FrameHeader.RST : outputShutdown ? 0 : FrameHeader.FIN);
        }
        inputShutdown = true;
        outputShutdown = true;
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    protected void doBind(SocketAddress address) {
        throw new UnsupportedOperationException("a stream has no address of its own");
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return session.isOn(loop);
    }

    @Override
    protected SocketAddress localAddress0() {
        return new StreamAddress("yamux stream " + streamId + " here");
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return new StreamAddress("yamux stream " + streamId);
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    public boolean isOpen() {
        return state != State.CLOSED;
    }

    @Override
    public boolean isActive() {
        return state == State.OPEN;
    }

    // Half closures.

    @Override
    public boolean isInputShutdown() {
        return inputShutdown;
    }

    @Override
    public boolean isOutputShutdown() {
        return outputShutdown;
    }

    @Override
    public boolean isShutdown() {
        return inputShutdown && outputShutdown;
    }

    @Override
    public ChannelFuture shutdownInput() {
        return shutdownInput(newPromise());
    }

    /** What comes in from now on is passed over. */
    @Override
    public ChannelFuture shutdownInput(ChannelPromise promise) {
        inputShutdown = true;
        return promise.setSuccess();
    }

    @Override
    public ChannelFuture shutdownOutput() {
        return shutdownOutput(newPromise());
    }

    /** What has not been sent yet fails: to be called when the last write is done. */
    @Override
    public ChannelFuture shutdownOutput(ChannelPromise promise) {
        if (eventLoop().inEventLoop()) {
            ((StreamUnsafe) unsafe()).shutdownOutput(promise);
            if (ended && inputShutdown) {
                unsafe().close(unsafe().voidPromise());
            }
        } else {
            eventLoop().execute(() -> shutdownOutput(promise));
        }
        return promise;
    }

    @Override
    public ChannelFuture shutdown() {
        return shutdown(newPromise());
    }

    @Override
    public ChannelFuture shutdown(ChannelPromise promise) {
        inputShutdown = true;
        return shutdownOutput(promise);
    }
}

package dev.mortise.runtime.process.wire.yamux;

import dev.mortise.runtime.process.wire.yamux.YamuxException.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection that carries streams: to be added to the connection's pipeline, once. Everything happens on the
 * connection's event loop; the public methods may be called on any thread.
 *
 * <p>A peer that breaks the protocol is told so by a go-away, and the connection is closed; {@link #failure} says why. What a
 * peer can make this end keep is bounded: a window for each of its streams, and {@link YamuxLimits#unsent} for the answers that
 * it does not take.
 */
public final class YamuxSession extends ChannelInboundHandlerAdapter {

    private static final long MOST_STREAM_ID = 0xFFFF_FFFFL;

    /** For what is in the socket already. */
    private static final long LAST_WORDS_MILLIS = 1_000;

    private final boolean client;
    private final EventLoop loop;
    private final YamuxLimits limits;
    private final StreamAcceptor acceptor;
    private final FrameReader frames = new FrameReader();
    private final KeepAlive keepAlive;
    private final LongObjectMap<StreamChannel> streams = new LongObjectHashMap<>();
    private final SequencedSet<StreamChannel> sendLater = new LinkedHashSet<>();
    private final Set<StreamChannel> completeLater = new LinkedHashSet<>();
    private final CompletableFuture<Optional<YamuxException>> ended = new CompletableFuture<>();
    private @Nullable ChannelHandlerContext connection;
    private @Nullable YamuxException failure;
    private @Nullable IOException broken;
    private @Nullable StreamChannel receiver;
    private boolean receiverEnds;
    private long nextId;
    private int theirs;
    private int unacknowledged;
    private boolean othersGoAway;
    private boolean goesAway;

    private YamuxSession(boolean client, EventLoop loop, YamuxLimits limits, StreamAcceptor acceptor) {
        this.client = client;
        this.loop = loop;
        this.limits = limits;
        this.acceptor = acceptor;
        this.keepAlive = new KeepAlive(this, limits);
        this.nextId = client ? 1 : 2;
    }

    /** The end that has connected. @param loop of the connection */
    public static YamuxSession client(EventLoop loop, YamuxLimits limits, StreamAcceptor acceptor) {
        return new YamuxSession(true, loop, limits, acceptor);
    }

    /** The end that was connected to. @param loop of the connection */
    public static YamuxSession server(EventLoop loop, YamuxLimits limits, StreamAcceptor acceptor) {
        return new YamuxSession(false, loop, limits, acceptor);
    }

    /** Makes a connection carry this session. */
    public void addTo(ChannelPipeline pipeline) {
        pipeline.addLast(new FlushConsolidationHandler(), this);
    }

    boolean isOn(EventLoop other) {
        return other == loop;
    }

    /** Completed when the session has ended, with what was wrong, if anything was. */
    public CompletableFuture<Optional<YamuxException>> ended() {
        return ended.copy();
    }

    /** Asks the other end for an answer, and tells how long it took. */
    public CompletableFuture<Duration> ping() {
        return CompletableFuture.supplyAsync(
                        () -> connection == null
                                ? CompletableFuture.<Duration>failedFuture(closed())
                                : keepAlive.ping(),
                        loop)
                .thenCompose(answer -> answer);
    }

    /** Takes no further streams; those that are open go on. */
    public void goAway() {
        loop.execute(() -> goAway(0));
    }

    private void goAway(int code) {
        goesAway = true;
        control(FrameType.GO_AWAY, 0, 0, code);
    }

    /** Ends the session, its streams and its connection. */
    public void close() {
        loop.execute(() -> {
            ChannelHandlerContext present = connection;
            goAway(0);
            closeStreams(null);
            if (present == null) {
                end();
            } else {
                present.close();
            }
        });
    }

    /** Opens a stream and ends it at once. For an end that has told the other one to expect a stream. */
    public void openInVain() {
        loop.execute(() -> {
            try {
                control(FrameType.WINDOW_UPDATE, FrameHeader.FIN, nextStreamId(), 0);
            } catch (YamuxException e) {
                // Then the other end expects none any more.
            }
        });
    }

    // What the streams ask for.

    /** @return the id of the stream, which has been opened */
    long open(StreamChannel stream) throws YamuxException {
        long id = nextStreamId();
        streams.put(id, stream);
        unacknowledged++;
        return id;
    }

    private long nextStreamId() throws YamuxException {
        if (connection == null || failure != null || ended.isDone()) {
            throw closed();
        }
        if (othersGoAway) {
            throw new YamuxException(Reason.GOING_AWAY, "the other end takes no further streams");
        }
        if (unacknowledged >= limits.unacknowledged() || nextId > MOST_STREAM_ID) {
            throw new YamuxException(
                    Reason.TOO_MANY_STREAMS,
                    nextId > MOST_STREAM_ID
                            ? "there are no further ids for streams; connect anew"
                            : "the other end has yet to take " + unacknowledged + " streams");
        }
        long id = nextId;
        nextId += 2;
        control(FrameType.WINDOW_UPDATE, FrameHeader.SYN, id, 0);
        return id;
    }

    private YamuxException closed() {
        YamuxException why = failure;
        return why != null
                ? why
                : new YamuxException(Reason.CLOSED, "the connection that carries the streams is not open");
    }

    /** @param flag what the other end is told, or 0 */
    void closed(StreamChannel stream, int flag) {
        sendLater.remove(stream);
        completeLater.remove(stream);
        if (streams.remove(stream.streamId()) != null) {
            release(stream);
            if (flag != 0) {
                control(FrameType.WINDOW_UPDATE, flag, stream.streamId(), 0);
            }
        }
    }

    private void release(StreamChannel stream) {
        if (!stream.isOurs()) {
            theirs--;
        } else if (stream.isUnacknowledged()) {
            unacknowledged--;
        }
    }

    boolean isWritable() {
        ChannelHandlerContext present = connection;
        return present != null && present.channel().isWritable();
    }

    void sendOnLater(StreamChannel stream) {
        sendLater.add(stream);
    }

    void readCompletesLater(StreamChannel stream) {
        completeLater.add(stream);
    }

    /** @param pieces of one frame; they belong to the session now, and leave with the next {@link #flush} */
    void data(long streamId, int size, List<ByteBuf> pieces) {
        ChannelHandlerContext present = connection;
        if (present == null) {
            pieces.forEach(ByteBuf::release);
            return;
        }
        write(present, new FrameHeader(FrameType.DATA, 0, streamId, size));
        pieces.forEach(piece -> present.write(piece, present.voidPromise()));
    }

    void control(FrameType type, int flags, long streamId, long length) {
        ChannelHandlerContext present = connection;
        if (present == null) {
            return;
        }
        ChannelOutboundBuffer unsent = present.channel().unsafe().outboundBuffer();
        if (unsent != null && unsent.totalPendingWriteBytes() > limits.unsent() && failure == null) {
            fail(new YamuxException(
                    Reason.ANSWERS_NOT_READ,
                    "the other end leaves " + unsent.totalPendingWriteBytes() + " bytes unread that it has to read"));
            return;
        }
        write(present, new FrameHeader(type, flags, streamId, length));
        present.flush();
    }

    private static void write(ChannelHandlerContext to, FrameHeader header) {
        ByteBuf bytes = to.alloc().ioBuffer(FrameHeader.BYTES);
        header.write(bytes);
        to.write(bytes, to.voidPromise());
    }

    void flush() {
        ChannelHandlerContext present = connection;
        if (present != null) {
            present.flush();
        }
    }

    // What comes in.

    private final class Incoming implements FrameReader.Sink {

        @Override
        public void header(FrameHeader header) throws YamuxException {
            receiver = null;
            receiverEnds = false;
            switch (header.type()) {
                case DATA, WINDOW_UPDATE -> ofStream(header);
                case PING -> keepAlive.received(header);
                case GO_AWAY -> othersGoAway(header.length());
            }
        }

        @Override
        public void payload(ByteBuf bytes, boolean last) throws YamuxException {
            StreamChannel to = receiver;
            if (to == null) {
                bytes.release();
                return;
            }
            to.received(bytes);
            if (last && receiverEnds) {
                to.endedByPeer();
            }
        }
    }

    private void ofStream(FrameHeader header) throws YamuxException {
        if (header.streamId() == 0) {
            // What HTTP/2 begins with on a server's side reads so, too.
            throw new YamuxException(
                    Reason.STREAM_ID,
                    "a frame of type " + header.type()
                            + " is for stream 0, which is none; or the other end does not multiplex at all");
        }
        if (header.has(FrameHeader.SYN)) {
            accept(header.streamId());
        }
        StreamChannel stream = streams.get(header.streamId());
        if (stream == null) {
            // Late for one that has been closed; whoever still sends on it is to stop.
            if (header.type() == FrameType.DATA && header.length() > 0 && (header.flags() & ~FrameHeader.FIN) == 0) {
                control(FrameType.WINDOW_UPDATE, FrameHeader.RST, header.streamId(), 0);
            }
            return;
        }
        if (header.has(FrameHeader.RST)) {
            streams.remove(header.streamId());
            release(stream);
            stream.resetByPeer();
            return;
        }
        if (header.has(FrameHeader.ACK) && stream.isUnacknowledged()) {
            stream.acknowledge();
            unacknowledged--;
        }
        boolean ends = header.has(FrameHeader.FIN);
        if (header.type() == FrameType.WINDOW_UPDATE) {
            stream.granted(header.length());
        } else {
            stream.announced(header.length());
            receiver = stream;
            receiverEnds = ends;
            ends &= header.length() == 0;
        }
        if (ends) {
            stream.endedByPeer();
        }
    }

    private void accept(long id) throws YamuxException {
        if ((id % 2 == 1) == client) {
            throw new YamuxException(
                    Reason.STREAM_ID, "the other end opens stream " + id + ", whose id is not its own to give");
        }
        if (streams.containsKey(id)) {
            throw new YamuxException(Reason.DUPLICATE_STREAM, "the other end opens stream " + id + ", which is open");
        }
        Optional<ListenerChannel> listener =
                goesAway || theirs >= limits.streams() ? Optional.empty() : acceptor.next();
        if (listener.isEmpty() || !listener.get().isActive()) {
            control(FrameType.WINDOW_UPDATE, FrameHeader.RST, id, 0);
            return;
        }
        StreamChannel stream = new StreamChannel(this, id);
        streams.put(id, stream);
        theirs++;
        control(FrameType.WINDOW_UPDATE, FrameHeader.ACK, id, 0);
        listener.get().take(stream);
    }

    private void othersGoAway(long code) throws YamuxException {
        if (code != 0) {
            throw new YamuxException(
                    Reason.OTHER_END_FAILED,
                    "the other end goes away because of "
                            + (code == 1
                                    ? "an error in the protocol"
                                    : code == 2 ? "an error of its own" : "error " + code));
        }
        othersGoAway = true;
    }

    // What Netty says.

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        if (context.channel().isActive()) {
            channelActive(context);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (ended.isDone()) {
            // Nobody would hear of this connection any more.
            context.close();
        } else if (connection == null) {
            connection = context;
            // Else a write that fails would throw away what has come in and says why.
            context.channel().config().setAutoClose(false);
            keepAlive.start(loop);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (failure == null && !ended.isDone()) {
                frames.read(bytes, new Incoming());
            }
        } catch (YamuxException e) {
            fail(e);
        } finally {
            bytes.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        while (!completeLater.isEmpty()) {
            List<StreamChannel> complete = List.copyOf(completeLater);
            completeLater.clear();
            complete.forEach(StreamChannel::readComplete);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        // One after the other: whoever fills the connection again goes behind those that still wait.
        while (context.channel().isWritable() && !sendLater.isEmpty()) {
            sendLater.removeFirst().sendOn();
        }
    }

    /** What the other end said before it stopped to listen is still to come, and may be the better reason. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException known) || cause instanceof YamuxException) {
            failBecause(cause);
        } else if (broken == null) {
            broken = known;
            loop.schedule(() -> failBecause(known), LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void failBecause(Throwable cause) {
        YamuxException why = cause instanceof YamuxException known
                ? known
                : new YamuxException(
                        Reason.CLOSED, "the connection that carries the streams fails: " + cause.getMessage());
        // The streams see what they would see on sockets of their own.
        fail(why, cause instanceof IOException known ? known : why);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        IOException cause = broken;
        if (cause != null) {
            failBecause(cause);
        }
        closeStreams(failure);
        end();
    }

    /** Ends the session because of something. */
    void fail(YamuxException cause) {
        fail(cause, cause);
    }

    private void fail(YamuxException cause, IOException causeForStreams) {
        ChannelHandlerContext present = connection;
        if (failure != null || present == null) {
            return;
        }
        failure = cause;
        if (cause.goAwayCode() != 0) {
            goAway(cause.goAwayCode());
        }
        closeStreams(causeForStreams);
        present.close();
    }

    private void closeStreams(@Nullable IOException cause) {
        List<StreamChannel> all = List.copyOf(streams.values());
        streams.clear();
        for (StreamChannel stream : all) {
            if (cause == null) {
                stream.unsafe().close(stream.unsafe().voidPromise());
            } else {
                stream.fail(cause);
            }
        }
    }

    private void end() {
        connection = null;
        keepAlive.stop(closed());
        ended.complete(Optional.ofNullable(failure));
    }
}

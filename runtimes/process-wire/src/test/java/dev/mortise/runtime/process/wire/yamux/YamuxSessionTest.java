package dev.mortise.runtime.process.wire.yamux;

import static dev.mortise.runtime.process.wire.yamux.FrameHeader.ACK;
import static dev.mortise.runtime.process.wire.yamux.FrameHeader.FIN;
import static dev.mortise.runtime.process.wire.yamux.FrameHeader.RST;
import static dev.mortise.runtime.process.wire.yamux.FrameHeader.SYN;
import static dev.mortise.runtime.process.wire.yamux.FrameType.DATA;
import static dev.mortise.runtime.process.wire.yamux.FrameType.GO_AWAY;
import static dev.mortise.runtime.process.wire.yamux.FrameType.PING;
import static dev.mortise.runtime.process.wire.yamux.FrameType.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.runtime.process.wire.yamux.YamuxException.Reason;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One end of a session, whose other end is the test: frame by frame, in one thread, with a clock that stands still. */
class YamuxSessionTest {

    private static final int WINDOW = 256 * 1024;

    private final EmbeddedChannel connection = new EmbeddedChannel();
    private final ListenerChannel listener = new ListenerChannel();
    private final List<Stream> accepted = new ArrayList<>();
    private Optional<ListenerChannel> takes = Optional.of(listener);
    private boolean reads = true;

    /** What a stream's handlers see. */
    private static final class Stream extends ChannelInboundHandlerAdapter {

        private final ByteBuf bytes = Unpooled.buffer();
        private final List<String> events = new ArrayList<>();
        private final List<Throwable> failures = new ArrayList<>();
        private Optional<Channel> channel = Optional.empty();

        Channel channel() {
            return channel.orElseThrow();
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            channel = Optional.of(context.channel());
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            bytes.writeBytes((ByteBuf) message);
            ((ByteBuf) message).release();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == ChannelInputShutdownEvent.INSTANCE) {
                events.add("input ended");
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            events.add("closed");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            failures.add(cause);
        }

        private Reason reason() {
            assertThat(failures).hasSize(1);
            return ((YamuxException) failures.getFirst()).reason();
        }
    }

    private YamuxSession session(boolean client, YamuxLimits limits) {
        connection.freezeTime();
        StreamAcceptor acceptor = () -> takes;
        YamuxSession session = client
                ? YamuxSession.client(connection.eventLoop(), limits, acceptor)
                : YamuxSession.server(connection.eventLoop(), limits, acceptor);
        session.addTo(connection.pipeline());
        new ServerBootstrap()
                .group(connection.eventLoop(), connection.eventLoop())
                .channelFactory(() -> listener)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        Stream stream = new Stream();
                        accepted.add(stream);
                        channel.config().setAutoRead(reads);
                        channel.pipeline().addLast(stream);
                    }
                })
                .bind(new StreamAddress("listener"));
        connection.runPendingTasks();
        assertThat(listener.isActive()).isTrue();
        return session;
    }

    private YamuxSession client() {
        return session(true, YamuxLimits.STANDARD);
    }

    private YamuxSession server() {
        return session(false, YamuxLimits.STANDARD);
    }

    @AfterEach
    void leavesNothingBehind() {
        connection.finishAndReleaseAll();
    }

    private ChannelFuture open(YamuxSession session, Stream stream) {
        ChannelFuture connected = new Bootstrap()
                .group(connection.eventLoop())
                .disableResolver()
                .channelFactory(() -> new StreamChannel(session, StreamGate.OPEN))
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .handler(stream)
                .connect(new StreamAddress("the other end"));
        connection.runPendingTasks();
        return connected;
    }

    private void receive(ByteBuf... frames) {
        connection.writeInbound(Unpooled.wrappedBuffer(frames));
        connection.runPendingTasks();
    }

    /** Everything that was sent since the last call, each frame as {@code TYPE flags stream length}. */
    private List<String> sent() throws Exception {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf piece = connection.readOutbound(); piece != null; piece = connection.readOutbound()) {
            all.writeBytes(piece);
            piece.release();
        }
        List<String> frames = new ArrayList<>();
        new FrameReader().read(all, new FrameReader.Sink() {
            @Override
            public void header(FrameHeader header) {
                frames.add(header.type() + " " + header.flags() + " " + header.streamId() + " " + header.length());
            }

            @Override
            public void payload(ByteBuf bytes, boolean last) {
                bytes.release();
            }
        });
        return frames;
    }

    private static String frame(FrameType type, int flags, long stream, long length) {
        return type + " " + flags + " " + stream + " " + length;
    }

    private static byte[] zeros(int size) {
        return new byte[size];
    }

    private static String text(Stream stream) {
        return new String(ByteBufUtil.getBytes(stream.bytes));
    }

    @Test
    void opensStreamsWithIdsOfItsOwn() throws Exception {
        YamuxSession session = client();

        assertThat(open(session, new Stream()).isSuccess()).isTrue();
        assertThat(open(session, new Stream()).isSuccess()).isTrue();

        assertThat(sent()).containsExactly(frame(WINDOW_UPDATE, SYN, 1, 0), frame(WINDOW_UPDATE, SYN, 3, 0));
    }

    @Test
    void aServersIdsAreEven() throws Exception {
        open(server(), new Stream());

        assertThat(sent()).containsExactly(frame(WINDOW_UPDATE, SYN, 2, 0));
    }

    @Test
    void takesAStreamAndWhatComesWithIt() throws Exception {
        server();

        receive(Frames.data(SYN, 1, "hello".getBytes()), Frames.data(0, 1, ", world".getBytes()));

        assertThat(sent()).containsExactly(frame(WINDOW_UPDATE, ACK, 1, 0));
        assertThat(accepted).hasSize(1);
        assertThat(text(accepted.getFirst())).isEqualTo("hello, world");
    }

    @Test
    void refusesAStreamThatNobodyTakes() throws Exception {
        takes = Optional.empty();
        server();

        receive(Frames.data(SYN, 1, "hello".getBytes()), Frames.frame(PING, SYN, 0, 7));

        assertThat(sent()).containsExactly(frame(WINDOW_UPDATE, RST, 1, 0), frame(PING, ACK, 0, 7));
        assertThat(accepted).isEmpty();
    }

    @Test
    void aListenerThatHasBeenClosedTakesNone() throws Exception {
        server();
        listener.close();
        connection.runPendingTasks();

        receive(Frames.frame(WINDOW_UPDATE, SYN, 1, 0));

        assertThat(sent()).containsExactly(frame(WINDOW_UPDATE, RST, 1, 0));
    }

    @Test
    void eachDirectionOfAStreamEndsByItself() throws Exception {
        server();
        receive(Frames.data(SYN | FIN, 1, "all of it".getBytes()));
        Stream stream = accepted.getFirst();
        sent();

        assertThat(text(stream)).isEqualTo("all of it");
        assertThat(stream.events).containsExactly("input ended");
        stream.channel().writeAndFlush(Frames.bytes("01 02 03"));
        ((StreamChannel) stream.channel()).shutdownOutput();
        connection.runPendingTasks();

        assertThat(sent()).containsExactly(frame(DATA, 0, 1, 3), frame(WINDOW_UPDATE, FIN, 1, 0));
        assertThat(stream.events).containsExactly("input ended", "closed");
        assertThat(stream.failures).isEmpty();
    }

    @Test
    void aStreamThatHasBeenShutDownClosesWhenTheOtherEndHasEnded() throws Exception {
        server();
        receive(Frames.frame(WINDOW_UPDATE, SYN, 1, 0));
        Stream stream = accepted.getFirst();
        sent();

        ((StreamChannel) stream.channel()).shutdown();
        receive(Frames.data(0, 1, "in vain".getBytes()));
        assertThat(stream.channel().isOpen()).isTrue();
        receive(Frames.frame(WINDOW_UPDATE, FIN, 1, 0));

        assertThat(stream.channel().isOpen()).isFalse();
        assertThat(text(stream)).isEmpty();
        assertThat(sent()).containsExactly(frame(WINDOW_UPDATE, FIN, 1, 0));
    }

    @Test
    void closingAStreamTellsTheOtherEndOnce() throws Exception {
        YamuxSession session = client();
        Stream stream = new Stream();
        open(session, stream);
        sent();

        stream.channel().close();
        connection.runPendingTasks();

        assertThat(sent()).containsExactly(frame(WINDOW_UPDATE, FIN, 1, 0));
        // The other end's own end, and what was under way, harm nobody; whoever goes on sending is told to stop.
        receive(
                Frames.data(0, 1, zeros(10)),
                Frames.frame(WINDOW_UPDATE, FIN, 1, 0),
                Frames.frame(WINDOW_UPDATE, 0, 1, 99));
        assertThat(sent()).containsExactly(frame(WINDOW_UPDATE, RST, 1, 0));
        assertThat(session.ended()).isNotDone();
    }

    @Test
    void aResetEndsAStreamWithAReason() throws Exception {
        YamuxSession session = client();
        Stream refused = new Stream();
        Stream reset = new Stream();
        open(session, refused);
        open(session, reset);

        receive(
                Frames.frame(WINDOW_UPDATE, RST, 1, 0),
                Frames.frame(WINDOW_UPDATE, ACK, 3, 0),
                Frames.data(RST, 3, zeros(5)));

        assertThat(refused.reason()).isEqualTo(Reason.REFUSED);
        assertThat(reset.reason()).isEqualTo(Reason.RESET);
        assertThat(reset.bytes.readableBytes()).isZero();
        assertThat(reset.events).containsExactly("closed");
    }

    @Test
    void sendsNoMoreThanItWasGranted() throws Exception {
        YamuxSession session = client();
        Stream stream = new Stream();
        open(session, stream);
        sent();

        ChannelFuture written = stream.channel().writeAndFlush(Unpooled.wrappedBuffer(zeros(WINDOW + 1000)));
        assertThat(sent())
                .isEqualTo(List.of(
                        frame(DATA, 0, 1, 65536),
                        frame(DATA, 0, 1, 65536),
                        frame(DATA, 0, 1, 65536),
                        frame(DATA, 0, 1, 65536)));
        assertThat(written.isDone()).isFalse();

        receive(Frames.frame(WINDOW_UPDATE, ACK, 1, 400));
        assertThat(sent()).containsExactly(frame(DATA, 0, 1, 400));
        receive(Frames.frame(WINDOW_UPDATE, 0, 1, WINDOW));
        assertThat(sent()).containsExactly(frame(DATA, 0, 1, 600));
        assertThat(written.isSuccess()).isTrue();
    }

    @Test
    void grantsOnlyWhatHasBeenRead() throws Exception {
        reads = false;
        server();
        receive(Frames.data(SYN, 1, zeros(WINDOW / 2)), Frames.data(0, 1, zeros(WINDOW / 2)));
        Stream stream = accepted.getFirst();

        assertThat(sent()).containsExactly(frame(WINDOW_UPDATE, ACK, 1, 0));
        assertThat(stream.bytes.readableBytes()).isZero();

        stream.channel().read();
        connection.runPendingTasks();
        assertThat(stream.bytes.readableBytes()).isEqualTo(WINDOW);
        assertThat(sent()).containsExactly(frame(WINDOW_UPDATE, 0, 1, WINDOW));
    }

    @Test
    void whatIsReadAtOnceIsGrantedInHalves() throws Exception {
        server();

        receive(Frames.data(SYN, 1, zeros(WINDOW / 2 - 1)));
        assertThat(sent()).containsExactly(frame(WINDOW_UPDATE, ACK, 1, 0));
        receive(Frames.data(0, 1, zeros(1)));
        assertThat(sent()).containsExactly(frame(WINDOW_UPDATE, 0, 1, WINDOW / 2));
    }

    @Test
    void whatIsPassedOverIsGrantedAsIfItHadBeenRead() throws Exception {
        server();
        receive(Frames.frame(WINDOW_UPDATE, SYN, 1, 0));
        Stream stream = accepted.getFirst();
        ((StreamChannel) stream.channel()).shutdownInput();
        sent();

        receive(Frames.data(0, 1, zeros(WINDOW)));
        assertThat(sent()).containsExactly(frame(WINDOW_UPDATE, 0, 1, WINDOW));
        receive(Frames.data(FIN, 1, zeros(WINDOW)));

        assertThat(stream.bytes.readableBytes()).isZero();
        ((StreamChannel) stream.channel()).shutdownOutput();
        connection.runPendingTasks();
        assertThat(stream.events).containsExactly("closed");
    }

    @Test
    void streamsTakeTurnsOnAConnectionThatIsFull() throws Exception {
        YamuxSession session = client();
        Stream greedy = new Stream();
        Stream modest = new Stream();
        open(session, greedy);
        open(session, modest);
        sent();
        ChannelOutboundBuffer buffer = connection.unsafe().outboundBuffer();
        connection.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
                boolean isPayload = ((ByteBuf) message).readableBytes() != FrameHeader.BYTES;
                context.write(message, promise);
                if (isPayload) {
                    buffer.setUserDefinedWritability(1, false);
                }
            }
        });
        buffer.setUserDefinedWritability(1, false);

        greedy.channel().writeAndFlush(Unpooled.wrappedBuffer(zeros(3 * 64 * 1024)));
        modest.channel().writeAndFlush(Unpooled.wrappedBuffer(zeros(5)));
        connection.runPendingTasks();
        assertThat(sent()).isEmpty();

        List<String> order = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            buffer.setUserDefinedWritability(1, true);
            connection.runPendingTasks();
            order.addAll(sent());
        }
        assertThat(order)
                .containsExactly(
                        frame(DATA, 0, 1, 64 * 1024),
                        frame(DATA, 0, 3, 5),
                        frame(DATA, 0, 1, 64 * 1024),
                        frame(DATA, 0, 1, 64 * 1024));
    }

    @Test
    void aStreamIsReadToItsEndByAReaderThatComesLate() {
        reads = false;
        server();
        receive(Frames.data(SYN, 1, "late".getBytes()), Frames.frame(WINDOW_UPDATE, FIN, 1, 0));
        Stream stream = accepted.getFirst();
        assertThat(stream.events).isEmpty();

        stream.channel().config().setAutoRead(true);
        connection.runPendingTasks();

        assertThat(text(stream)).isEqualTo("late");
        assertThat(stream.events).containsExactly("input ended");
    }

    @Test
    void manySmallFramesAreKeptAsOneBuffer() {
        reads = false;
        server();
        receive(Frames.frame(WINDOW_UPDATE, SYN, 1, 0));
        for (int i = 0; i < 1000; i++) {
            receive(Frames.data(0, 1, new byte[] {(byte) i}));
        }
        Stream stream = accepted.getFirst();
        List<Integer> pieces = new ArrayList<>();
        stream.channel().pipeline().addFirst(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                pieces.add(((ByteBuf) message).readableBytes());
                context.fireChannelRead(message);
            }
        });

        stream.channel().read();
        connection.runPendingTasks();

        assertThat(pieces).containsExactly(1000);
    }

    @Test
    void whatIsLeftUnreadIsGivenUpWithTheStream() throws Exception {
        reads = false;
        server();
        receive(Frames.data(SYN, 1, zeros(10)));
        sent();

        accepted.getFirst().channel().close();
        connection.runPendingTasks();

        assertThat(sent()).containsExactly(frame(WINDOW_UPDATE, RST, 1, 0));
    }

    /** Every way to break the protocol that ends a session, as the bytes of a peer, after stream 1 has been opened. */
    @ParameterizedTest
    @CsvSource({
        // Versions and types that there are not.
        "01 00 0000 00000001 00000000, VERSION, 1",
        "00 04 0000 00000001 00000000, FRAME_TYPE, 1",
        "00 ff ffff ffffffff ffffffff, FRAME_TYPE, 1",
        // One byte more than the window, of which nothing needs to be there yet.
        "00 00 0000 00000001 00040001, WINDOW_EXCEEDED, 1",
        "00 00 0000 00000001 ffffffff, WINDOW_EXCEEDED, 1",
        "00 00 0001 00000003 ffffffff, WINDOW_EXCEEDED, 1",
        // More granted than 32 bits count.
        "00 01 0000 00000001 ffffffff, WINDOW_OVERFLOW, 1",
        // Streams under ids that are this end's, the session's, or in use.
        "00 01 0001 00000002 00000000, STREAM_ID, 1",
        "00 00 0001 00000000 00000000, STREAM_ID, 1",
        "00 01 0001 00000001 00000000, DUPLICATE_STREAM, 1",
        // The settings with which a server of HTTP/2 begins.
        "00 00 06 04 00 00 00 00 00 00 05 00 00 40 00, STREAM_ID, 1",
        // Two ends of one stream.
        "00 01 0004 00000001 00000000 00 00 0004 00000001 00000000, ENDED_TWICE, 1",
        // The other end says that something is wrong; it is not told the same.
        "00 03 0000 00000000 00000001, OTHER_END_FAILED, -1",
        "00 03 0000 00000000 00000002, OTHER_END_FAILED, -1",
        "00 03 0000 00000000 ffffffff, OTHER_END_FAILED, -1"
    })
    void aPeerThatBreaksTheProtocolIsToldSoAndCutOff(String bytes, Reason reason, int code) throws Exception {
        YamuxSession session = server();
        receive(Frames.frame(WINDOW_UPDATE, SYN, 1, 0));
        sent();

        receive(Frames.bytes(bytes), Frames.frame(PING, SYN, 0, 1));

        assertThat(session.ended().join().orElseThrow().reason()).isEqualTo(reason);
        assertThat(connection.isOpen()).isFalse();
        assertThat(accepted.getFirst().reason()).isEqualTo(reason);
        assertThat(accepted.getFirst().events).endsWith("closed");
        List<String> sent = sent();
        assertThat(sent).noneMatch(frame -> frame.startsWith("PING"));
        if (code >= 0) {
            assertThat(sent).contains(frame(GO_AWAY, 0, 0, code));
        } else {
            assertThat(sent).isEmpty();
        }
        assertThatThrownBy(() -> open(session, new Stream()).sync()).isInstanceOf(YamuxException.class);
    }

    @Test
    void harmlessOdditiesArePassedOver() throws Exception {
        YamuxSession session = server();
        receive(Frames.frame(WINDOW_UPDATE, SYN, 1, 0));
        sent();

        receive(
                // For streams that there are not, or not any more.
                Frames.frame(WINDOW_UPDATE, 0, 9, 5),
                Frames.frame(WINDOW_UPDATE, RST, 9, 0),
                Frames.frame(WINDOW_UPDATE, FIN, 9, 0),
                Frames.frame(WINDOW_UPDATE, ACK, 9, 0),
                Frames.frame(DATA, 0, 9, 0),
                // An acknowledgement that nobody waits for, flags of a later version, an answer to no question.
                Frames.frame(WINDOW_UPDATE, ACK, 1, 0),
                Frames.frame(WINDOW_UPDATE, 0x80, 1, 0),
                Frames.frame(PING, ACK, 0, 99),
                // What a peer had under way when it ended its direction.
                Frames.frame(WINDOW_UPDATE, FIN, 1, 0),
                Frames.data(0, 1, zeros(100)));

        assertThat(sent()).isEmpty();
        assertThat(session.ended()).isNotDone();
        assertThat(accepted.getFirst().bytes.readableBytes()).isZero();
    }

    @Test
    void whatComesForAStreamThatThereIsNotIsPassedOverAndKeptNowhere() throws Exception {
        YamuxSession session = server();

        receive(Frames.frame(DATA, 0, 5, 3L << 30));
        for (int i = 0; i < 100; i++) {
            receive(Unpooled.wrappedBuffer(zeros(1 << 20)));
        }

        assertThat(sent()).containsExactly(frame(WINDOW_UPDATE, RST, 5, 0));
        assertThat(session.ended()).isNotDone();
    }

    @Test
    void takesNoMoreStreamsThanItAllows() throws Exception {
        server();
        for (int i = 0; i < 1100; i++) {
            receive(Frames.frame(WINDOW_UPDATE, SYN, 2L * i + 1, 0));
        }

        assertThat(accepted).hasSize(1000);
        assertThat(sent().stream().filter(frame -> frame.startsWith("WINDOW_UPDATE " + RST)))
                .hasSize(100);

        // One that ends makes room for another.
        receive(Frames.frame(WINDOW_UPDATE, RST, 1, 0), Frames.frame(WINDOW_UPDATE, SYN, 3001, 0));
        assertThat(accepted).hasSize(1001);
    }

    @Test
    void opensNoMoreThanTheOtherEndMayHaveWaiting() throws Exception {
        YamuxSession session = client();
        for (int i = 0; i < 256; i++) {
            assertThat(open(session, new Stream()).isSuccess()).isTrue();
        }

        assertThat(open(session, new Stream()).cause())
                .isInstanceOfSatisfying(
                        YamuxException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_MANY_STREAMS));

        receive(Frames.frame(WINDOW_UPDATE, ACK, 1, 0), Frames.frame(WINDOW_UPDATE, RST, 3, 0));
        assertThat(open(session, new Stream()).isSuccess()).isTrue();
        assertThat(open(session, new Stream()).isSuccess()).isTrue();
        assertThat(open(session, new Stream()).isSuccess()).isFalse();
    }

    @Test
    void afterAGoAwayOpenStreamsGoOnAndNoOthersAreOpened() throws Exception {
        YamuxSession session = client();
        Stream stream = new Stream();
        open(session, stream);
        sent();

        receive(Frames.frame(GO_AWAY, 0, 0, 0), Frames.data(ACK, 1, "on".getBytes()));

        assertThat(text(stream)).isEqualTo("on");
        assertThat(open(session, new Stream()).cause())
                .isInstanceOfSatisfying(
                        YamuxException.class, e -> assertThat(e.reason()).isEqualTo(Reason.GOING_AWAY));

        session.goAway();
        connection.runPendingTasks();
        receive(Frames.frame(WINDOW_UPDATE, SYN, 2, 0));
        assertThat(sent()).containsExactly(frame(GO_AWAY, 0, 0, 0), frame(WINDOW_UPDATE, RST, 2, 0));
        assertThat(stream.channel().isActive()).isTrue();
    }

    @Test
    void closingSaysGoodbye() throws Exception {
        YamuxSession session = server();
        receive(Frames.frame(WINDOW_UPDATE, SYN, 1, 0));
        sent();

        session.close();
        connection.runPendingTasks();

        assertThat(sent()).containsExactly(frame(GO_AWAY, 0, 0, 0));
        assertThat(session.ended().join()).isEmpty();
        assertThat(accepted.getFirst().events).containsExactly("closed");
        assertThat(accepted.getFirst().failures).isEmpty();
    }

    @Test
    void aSessionThatWasClosedBeforeItsConnectionCameEndsThat() {
        YamuxSession session = YamuxSession.client(connection.eventLoop(), YamuxLimits.STANDARD, StreamAcceptor.NONE);
        session.close();
        connection.runPendingTasks();
        assertThat(session.ended().join()).isEmpty();

        session.addTo(connection.pipeline());
        connection.runPendingTasks();

        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void whatTheOtherEndHasSaidIsTheReasonAlsoWhereItNoLongerListened() {
        YamuxSession session = client();
        connection.pipeline().fireExceptionCaught(new IOException("Broken pipe"));
        connection.runPendingTasks();
        assertThat(session.ended()).isNotDone();

        // The settings that a server of HTTP/2 begins with.
        receive(Frames.bytes("00 00 06 04 00 00 00 00 00 00 05 00 00 40 00"));

        assertThat(session.ended().join().orElseThrow().reason()).isEqualTo(Reason.STREAM_ID);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aConnectionThatFailsEndsTheSession(boolean byItself) {
        YamuxSession session = client();
        Stream stream = new Stream();
        open(session, stream);
        connection.pipeline().fireExceptionCaught(new IOException("Broken pipe"));
        if (byItself) {
            connection.close();
        } else {
            connection.advanceTimeBy(1, TimeUnit.SECONDS);
            connection.runScheduledPendingTasks();
        }
        connection.runPendingTasks();

        assertThat(session.ended().join().orElseThrow().reason()).isEqualTo(Reason.CLOSED);
        assertThat(stream.failures).singleElement().isInstanceOf(IOException.class);
        assertThat(stream.events).containsExactly("closed");
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void everyStreamEndsWithTheConnection() {
        YamuxSession session = client();
        Stream stream = new Stream();
        open(session, stream);

        connection.close();
        connection.runPendingTasks();

        assertThat(stream.events).containsExactly("closed");
        assertThat(session.ended().join()).isEmpty();
        assertThat(session.ping()).failsWithin(java.time.Duration.ZERO);
    }

    @Test
    void asksNowAndThenWhetherTheOtherEndIsThere() throws Exception {
        YamuxSession session = client();

        connection.advanceTimeBy(30, TimeUnit.SECONDS);
        connection.runScheduledPendingTasks();
        assertThat(sent()).containsExactly(frame(PING, SYN, 0, 0));
        receive(Frames.frame(PING, ACK, 0, 0));
        connection.advanceTimeBy(10, TimeUnit.SECONDS);
        connection.runScheduledPendingTasks();
        assertThat(session.ended()).isNotDone();

        connection.advanceTimeBy(30, TimeUnit.SECONDS);
        connection.runScheduledPendingTasks();
        assertThat(sent()).containsExactly(frame(PING, SYN, 0, 1));
        connection.advanceTimeBy(10, TimeUnit.SECONDS);
        connection.runScheduledPendingTasks();

        assertThat(session.ended().join().orElseThrow().reason()).isEqualTo(Reason.KEEP_ALIVE);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void aGateLetsAStreamPassOrNot() throws Exception {
        YamuxSession session = client();
        CompletableFuture<StreamGate.Opening> asked = new CompletableFuture<>();
        StreamGate gate = opening -> asked.complete(opening);
        Stream stream = new Stream();
        ChannelFuture connected = new Bootstrap()
                .group(connection.eventLoop())
                .disableResolver()
                .channelFactory(() -> new StreamChannel(session, gate))
                .handler(stream)
                .connect(new StreamAddress("the other end"));
        connection.runPendingTasks();
        assertThat(connected.isDone()).isFalse();
        assertThat(sent()).isEmpty();

        // Whoever wanted it has gone; the other end, which expects a stream, gets one all the same.
        stream.channel().close();
        CompletableFuture<Void> opened = asked.join().open();
        connection.runPendingTasks();

        assertThat(opened).isCompleted();
        assertThat(connected.isSuccess()).isFalse();
        assertThat(sent()).containsExactly(frame(WINDOW_UPDATE, SYN, 1, 0), frame(WINDOW_UPDATE, FIN, 1, 0));
    }
}

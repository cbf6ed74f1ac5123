package dev.mortise.runtime.process.goplugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.runtime.process.fixture.GoPeers;
import dev.mortise.runtime.process.wire.yamux.ListenerChannel;
import dev.mortise.runtime.process.wire.yamux.StreamAcceptor;
import dev.mortise.runtime.process.wire.yamux.StreamAddress;
import dev.mortise.runtime.process.wire.yamux.StreamChannel;
import dev.mortise.runtime.process.wire.yamux.StreamGate;
import dev.mortise.runtime.process.wire.yamux.YamuxLimits;
import dev.mortise.runtime.process.wire.yamux.YamuxSession;
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
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams between this implementation of yamux and the original one, whichever end connects. */
@Timeout(120)
class GoYamuxTest {

    private static final int BIG = 48 << 20;

    /** Who connects. */
    private enum Client {
        JAVA,
        GO
    }

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private Path folder = Path.of("");
    private Optional<ListenerChannel> listener = Optional.empty();
    private Optional<Process> peer = Optional.empty();
    private Optional<YamuxSession> session = Optional.empty();

    @BeforeEach
    void makeAFolder() throws Exception {
        folder = Files.createTempDirectory("mry");
    }

    @AfterEach
    void end() throws Exception {
        peer.ifPresent(process -> process.destroyForcibly().onExit().join());
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        Files.deleteIfExists(folder.resolve("s"));
        Files.delete(folder);
    }

    private YamuxSession connect(Client client) throws Exception {
        ListenerChannel echoes = new ListenerChannel();
        listener = Optional.of(echoes);
        new ServerBootstrap()
                .group(loop, loop)
                .channelFactory(() -> echoes)
                .childHandler(new Echo())
                .bind(new StreamAddress("echoes"))
                .sync();
        StreamAcceptor acceptor = () -> listener;
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("s"));
        YamuxSession made;
        if (client == Client.JAVA) {
            Process go = start("server");
            assertThat(go.inputReader().readLine()).isEqualTo("listening");
            YamuxSession ours = YamuxSession.client(loop, YamuxLimits.STANDARD, acceptor);
            new Bootstrap()
                    .group(loop)
                    .channel(NioDomainSocketChannel.class)
                    .handler(carrier(ours, new CompletableFuture<>()))
                    .connect(address)
                    .sync();
            made = ours;
        } else {
            YamuxSession ours = YamuxSession.server(loop, YamuxLimits.STANDARD, acceptor);
            CompletableFuture<Void> connected = new CompletableFuture<>();
            new ServerBootstrap()
                    .group(loop, loop)
                    .channel(NioServerDomainSocketChannel.class)
                    .childHandler(carrier(ours, connected))
                    .bind(address)
                    .sync();
            start("client");
            connected.get(30, TimeUnit.SECONDS);
            made = ours;
        }
        session = Optional.of(made);
        return made;
    }

    private static ChannelInitializer<Channel> carrier(YamuxSession session, CompletableFuture<Void> connected) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel raw) {
                session.addTo(raw.pipeline());
                connected.complete(null);
            }
        };
    }

    private Process start(String role) throws Exception {
        Process process = new ProcessBuilder(
                        GoPeers.executable("yamux").toString(),
                        role,
                        folder.resolve("s").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        peer = Optional.of(process);
        return process;
    }

    /** What came in on a stream. */
    private static final class Incoming extends ChannelInboundHandlerAdapter {

        private final MessageDigest digest;
        private final StringBuilder text = new StringBuilder();
        private final CompletableFuture<Void> end = new CompletableFuture<>();
        private volatile long bytes;

        Incoming() throws Exception {
            digest = MessageDigest.getInstance("SHA-256");
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf buffer = (ByteBuf) message;
            byte[] piece = ByteBufUtil.getBytes(buffer);
            buffer.release();
            digest.update(piece);
            if (text.length() < 100) {
                text.append(new String(piece, StandardCharsets.ISO_8859_1));
            }
            bytes += piece.length;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == ChannelInputShutdownEvent.INSTANCE) {
                end.complete(null);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            end.complete(null);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            end.completeExceptionally(cause);
        }

        Incoming awaitEnd() throws Exception {
            end.get(60, TimeUnit.SECONDS);
            return this;
        }

        byte[] hash() {
            return digest.digest();
        }
    }

    private static final class Echo extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel stream) {
            stream.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext context, Object message) {
                    context.writeAndFlush(message, context.voidPromise());
                    // As much as may wait to be sent is read.
                    context.channel().config().setAutoRead(context.channel().isWritable());
                }

                @Override
                public void channelWritabilityChanged(ChannelHandlerContext context) {
                    context.channel().config().setAutoRead(context.channel().isWritable());
                }
            });
        }
    }

    private Channel open(Incoming incoming, boolean autoRead) throws Exception {
        YamuxSession on = session.orElseThrow();
        return new Bootstrap()
                .group(loop)
                .channelFactory(() -> new StreamChannel(on, StreamGate.OPEN))
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.AUTO_READ, autoRead)
                .handler(incoming)
                .connect(new StreamAddress("the other end"))
                .sync()
                .channel();
    }

    private static byte[] pattern(int size) {
        byte[] pattern = new byte[size];
        for (int i = 0; i < size; i++) {
            pattern[i] = (byte) i;
        }
        return pattern;
    }

    private static ByteBuf command(char command, long number) {
        return Unpooled.buffer().writeByte(command).writeLong(number);
    }

    private static ChannelFuture send(Channel stream, char command, byte[] bytes) {
        stream.write(Unpooled.buffer().writeByte(command), stream.voidPromise());
        return stream.writeAndFlush(Unpooled.wrappedBuffer(bytes));
    }

    private static void halfClose(Channel stream) {
        ((StreamChannel) stream).shutdownOutput();
    }

    private static byte[] sha256(byte[] bytes) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    @ParameterizedTest
    @EnumSource
    void carriesBigTransfersInBothDirectionsAtOnce(Client client) throws Exception {
        connect(client);
        byte[] sent = pattern(BIG);
        Incoming incoming = new Incoming();
        Channel stream = open(incoming, true);

        send(stream, 'e', sent).addListener(done -> halfClose(stream));

        assertThat(incoming.awaitEnd().bytes).isEqualTo(BIG);
        assertThat(incoming.hash()).isEqualTo(sha256(sent));
        stream.closeFuture().get(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource
    void carriesManyStreamsAtOnceWhoeverOpensThem(Client client) throws Exception {
        connect(client);
        byte[] sent = pattern(300_000);
        Incoming theirs = new Incoming();
        open(theirs, true).writeAndFlush(command('o', 150)).sync();
        List<Incoming> ours = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            Incoming incoming = new Incoming();
            ours.add(incoming);
            Channel stream = open(incoming, true);
            send(stream, 'e', sent).addListener(done -> halfClose(stream));
        }

        for (Incoming incoming : ours) {
            assertThat(incoming.awaitEnd().hash()).isEqualTo(sha256(sent));
        }
        assertThat(theirs.awaitEnd().text).hasToString("ok");
    }

    @ParameterizedTest
    @EnumSource
    void waitsForAReaderThatReadsSlowly(Client client) throws Exception {
        connect(client);
        byte[] sent = pattern(8 << 20);
        Incoming incoming = new Incoming();
        Channel stream = open(incoming, true);

        ChannelFuture written = send(stream, 'w', sent);
        // A reader that reads nothing on another stream holds up nobody.
        Channel idle = open(new Incoming(), false);
        idle.writeAndFlush(command('s', 8 << 20)).sync();
        assertThat(stream.isWritable()).isFalse();
        written.sync();
        halfClose(stream);

        assertThat(incoming.awaitEnd().text).hasToString(new String(sha256(sent), StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheOtherEndFromSendingMoreThanIsRead(Client client) throws Exception {
        YamuxSession made = connect(client);
        int size = 3 << 20;
        Incoming incoming = new Incoming();
        Channel stream = open(incoming, false);

        stream.writeAndFlush(command('s', size)).sync();
        // A ping comes back behind everything that was sent before it.
        made.ping().get(10, TimeUnit.SECONDS);
        assertThat(incoming.bytes).isZero();
        long before;
        do {
            before = incoming.bytes;
            stream.read();
            made.ping().get(10, TimeUnit.SECONDS);
            assertThat(incoming.bytes - before).isLessThanOrEqualTo(256 * 1024);
        } while (!incoming.end.isDone());

        assertThat(incoming.bytes).isEqualTo(size);
        assertThat(incoming.hash()).isEqualTo(sha256(pattern(size)));
    }

    @ParameterizedTest
    @EnumSource
    void aStreamThatTheOtherEndClosesAtOnceEndsAlone(Client client) throws Exception {
        YamuxSession made = connect(client);
        Incoming closed = new Incoming();
        Incoming stays = new Incoming();
        Channel staying = open(stays, true);
        staying.writeAndFlush(Unpooled.buffer().writeByte('e')).sync();

        Channel stream = open(closed, true);
        send(stream, 'c', new byte[1000]).sync();

        assertThat(closed.awaitEnd().bytes).isZero();
        stream.close().sync();
        staying.writeAndFlush(Unpooled.copiedBuffer("still here", StandardCharsets.US_ASCII))
                .sync();
        halfClose(staying);
        assertThat(stays.awaitEnd().text).hasToString("still here");
        assertThat(made.ended()).isNotDone();
    }

    @ParameterizedTest
    @EnumSource
    void pingsGoBothWays(Client client) throws Exception {
        YamuxSession made = connect(client);
        Incoming incoming = new Incoming();

        assertThat(made.ping().get(10, TimeUnit.SECONDS)).isPositive();
        open(incoming, true).writeAndFlush(Unpooled.buffer().writeByte('p')).sync();

        assertThat(incoming.awaitEnd().text).hasToString("ok");
    }

    @ParameterizedTest
    @EnumSource
    void everyStreamEndsWhenTheOtherEndDies(Client client) throws Exception {
        YamuxSession made = connect(client);
        List<Incoming> open = IntStream.range(0, 5)
                .mapToObj(ignored -> {
                    try {
                        Incoming incoming = new Incoming();
                        send(open(incoming, true), 'e', new byte[10]).sync();
                        return incoming;
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();

        open(new Incoming(), true)
                .writeAndFlush(Unpooled.buffer().writeByte('x'))
                .sync();

        made.ended().get(30, TimeUnit.SECONDS);
        for (Incoming incoming : open) {
            assertThat(incoming.end.handle((ended, failed) -> true).get(10, TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theOtherEndEndsWhenThisOneCloses(Client client) throws Exception {
        YamuxSession made = connect(client);
        send(open(new Incoming(), true), 'e', new byte[10]).sync();

        made.close();

        assertThat(made.ended().get(10, TimeUnit.SECONDS)).isEmpty();
        Process go = peer.orElseThrow();
        assertThat(go.inputReader().readLine()).isEqualTo("ended");
        assertThat(go.waitFor()).isZero();
    }
}

package dev.mortise.runtime.process.wire.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Frames in any order, with anything in them. */
class HostilePeerTest {

    /** Sends back what comes. */
    @ChannelHandler.Sharable
    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.writeAndFlush(message, context.voidPromise());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            assertThat(cause).isInstanceOf(YamuxException.class);
        }
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void aSessionGoesOnOrEndsWithAReason(@ForAll("frames") List<byte[]> frames) {
        EmbeddedChannel connection = new EmbeddedChannel();
        ListenerChannel listener = new ListenerChannel();
        YamuxSession session =
                YamuxSession.server(connection.eventLoop(), YamuxLimits.STANDARD, () -> Optional.of(listener));
        session.addTo(connection.pipeline());
        new ServerBootstrap()
                .group(connection.eventLoop(), connection.eventLoop())
                .channelFactory(() -> listener)
                .childHandler(new Echo())
                .bind(new StreamAddress("listener"));
        connection.runPendingTasks();

        for (byte[] frame : frames) {
            ByteBuf bytes = Unpooled.wrappedBuffer(frame);
            if (connection.isOpen()) {
                connection.writeInbound(bytes);
                connection.runPendingTasks();
            }
            assertThat(session.ended().isDone()).isEqualTo(!connection.isOpen());
        }

        if (session.ended().isDone()) {
            assertThat(session.ended().join()).isPresent();
        }
        connection.finishAndReleaseAll();
        assertThat(session.ended()).isDone();
    }

    @Provide
    Arbitrary<List<byte[]>> frames() {
        Arbitrary<Integer> version = Arbitraries.frequencyOf(
                Tuple.of(60, Arbitraries.just(0)),
                Tuple.of(1, Arbitraries.integers().between(0, 255)));
        Arbitrary<Integer> type = Arbitraries.frequencyOf(
                Tuple.of(60, Arbitraries.integers().between(0, 2)),
                Tuple.of(1, Arbitraries.integers().between(0, 255)));
        Arbitrary<Integer> flags = Arbitraries.integers().between(0, 16);
        Arbitrary<Integer> streamId =
                Arbitraries.frequencyOf(Tuple.of(30, Arbitraries.of(1, 3, 5)), Tuple.of(1, Arbitraries.integers()));
        Arbitrary<Integer> length = Arbitraries.frequencyOf(
                Tuple.of(30, Arbitraries.integers().between(0, 2000)), Tuple.of(1, Arbitraries.integers()));
        return Combinators.combine(version, type, flags, streamId, length)
                .as((v, t, f, id, n) -> {
                    boolean whole = t == 0 && n >= 0 && n <= 2000;
                    ByteBuf bytes = Unpooled.buffer()
                            .writeByte(v)
                            .writeByte(t)
                            .writeShort(f)
                            .writeInt(id)
                            .writeInt(n)
                            .writeZero(whole ? n : 0);
                    return ByteBufUtil.getBytes(bytes);
                })
                .list()
                .ofMaxSize(60);
    }
}

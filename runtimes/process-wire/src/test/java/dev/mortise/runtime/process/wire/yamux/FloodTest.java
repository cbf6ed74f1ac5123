package dev.mortise.runtime.process.wire.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Peers that make a session answer and never read, over a real socket. */
@Timeout(60)
class FloodTest {

    private enum Flood {
        PINGS {
            @Override
            void write(ByteBuf to, long number) {
                new FrameHeader(FrameType.PING, FrameHeader.SYN, 0, number).write(to);
            }
        },
        REFUSED_STREAMS {
            @Override
            void write(ByteBuf to, long number) {
                new FrameHeader(FrameType.WINDOW_UPDATE, FrameHeader.SYN, 2 * number + 1, 0).write(to);
            }
        },
        DATA_FOR_NO_STREAM {
            @Override
            void write(ByteBuf to, long number) {
                new FrameHeader(FrameType.DATA, 0, 2 * number + 1, 1).write(to);
                to.writeByte(0);
            }
        };

        abstract void write(ByteBuf to, long number);
    }

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final YamuxSession session = YamuxSession.server(loop, YamuxLimits.STANDARD, StreamAcceptor.NONE);
    private Path folder = Path.of("");

    @BeforeEach
    void listen() throws Exception {
        folder = Files.createTempDirectory("mry");
        new ServerBootstrap()
                .group(loop, loop)
                .channel(NioServerDomainSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel raw) {
                        session.addTo(raw.pipeline());
                    }
                })
                .bind(UnixDomainSocketAddress.of(folder.resolve("s")))
                .sync();
    }

    @AfterEach
    void end() throws Exception {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        Files.deleteIfExists(folder.resolve("s"));
        Files.delete(folder);
    }

    @ParameterizedTest
    @EnumSource
    void aPeerThatTakesNoAnswersIsCutOff(Flood flood) throws Exception {
        try (SocketChannel peer = SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("s")))) {
            ByteBuf frames = Unpooled.buffer();
            for (long number = 0; !session.ended().isDone(); number += 1000) {
                frames.clear();
                for (long each = number; each < number + 1000; each++) {
                    flood.write(frames, each);
                }
                ByteBuffer bytes = frames.nioBuffer();
                while (bytes.hasRemaining()) {
                    peer.write(bytes);
                }
            }
        } catch (IOException e) {
            // It has been cut off in the middle of a write.
        }

        assertThat(session.ended().get(10, TimeUnit.SECONDS).orElseThrow().reason())
                .isEqualTo(YamuxException.Reason.ANSWERS_NOT_READ);
    }
}

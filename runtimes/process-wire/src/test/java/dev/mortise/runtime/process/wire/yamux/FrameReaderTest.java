package dev.mortise.runtime.process.wire.yamux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Positive;
import net.jqwik.api.constraints.Size;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class FrameReaderTest {

    /** A frame, with what is behind its header. */
    private record Frame(FrameHeader header, List<Byte> payload) {}

    private static final class Read implements FrameReader.Sink {

        private final List<Frame> frames = new ArrayList<>();

        @Override
        public void header(FrameHeader header) {
            frames.add(new Frame(header, new ArrayList<>()));
        }

        @Override
        public void payload(ByteBuf bytes, boolean last) {
            Frame frame = frames.getLast();
            for (byte each : ByteBufUtil.getBytes(bytes)) {
                frame.payload().add(each);
            }
            assertThat(frame.payload().size() == frame.header().length()).isEqualTo(last);
            bytes.release();
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void framesAreReadAsTheyWereWrittenHoweverTheyAreCut(
            @ForAll("frames") List<Frame> frames, @ForAll @Size(max = 50) List<@Positive Byte> cuts) throws Exception {
        ByteBuf all = Unpooled.buffer();
        for (Frame frame : frames) {
            frame.header().write(all);
            frame.payload().forEach(all::writeByte);
        }
        FrameReader reader = new FrameReader();
        Read read = new Read();

        for (int cut : cuts) {
            reader.read(all.readSlice(Math.min(cut, all.readableBytes())), read);
        }
        reader.read(all, read);

        assertThat(read.frames).isEqualTo(frames);
    }

    @Provide
    Arbitrary<List<Frame>> frames() {
        Arbitrary<Long> unsigned = Arbitraries.longs().between(0, 0xFFFF_FFFFL);
        Arbitrary<Integer> flags = Arbitraries.integers().between(0, 0xFFFF);
        Arbitrary<Frame> data = Combinators.combine(
                        flags, unsigned, Arbitraries.bytes().list().ofMaxSize(200))
                .as((flag, id, payload) ->
                        new Frame(new FrameHeader(FrameType.DATA, flag, id, payload.size()), payload));
        Arbitrary<Frame> other = Combinators.combine(
                        Arbitraries.of(FrameType.WINDOW_UPDATE, FrameType.PING, FrameType.GO_AWAY),
                        flags,
                        unsigned,
                        unsigned)
                .as((type, flag, id, length) -> new Frame(new FrameHeader(type, flag, id, length), List.of()));
        return Arbitraries.oneOf(data, other).list().ofMaxSize(10);
    }

    /** The bytes that the specification describes. */
    @Test
    void aHeaderHasTwelveBytesInNetworkOrder() throws Exception {
        ByteBuf written = Frames.frame(FrameType.WINDOW_UPDATE, FrameHeader.SYN, 0x01020304, 0xFFFF_FFFEL);

        assertThat(Frames.hex(written)).isEqualTo("00" + "01" + "0001" + "01020304" + "fffffffe");
        assertThat(FrameHeader.read(Frames.bytes("00 03 0000 00000000 00000002")))
                .isEqualTo(new FrameHeader(FrameType.GO_AWAY, 0, 0, 2));
        assertThat(FrameHeader.read(Frames.bytes("00 02 0002 00000000 cafebabe")))
                .isEqualTo(new FrameHeader(FrameType.PING, FrameHeader.ACK, 0, 0xCAFE_BABEL));
    }

    @Test
    void keepsNothingOfWhatIsBehindAHeader() throws Exception {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        FrameReader reader = new FrameReader();
        FrameReader.Sink sink = new FrameReader.Sink() {
            @Override
            public void header(FrameHeader header) {}

            @Override
            public void payload(ByteBuf bytes, boolean last) {
                read.writeBytes(ByteBufUtil.getBytes(bytes));
                bytes.release();
            }
        };

        reader.read(Frames.bytes("00 00 0000 00000001 ffffffff 01"), sink);
        reader.read(Frames.bytes("02"), sink);

        assertThat(read.toByteArray()).containsExactly(1, 2);
    }

    @Test
    void saysWhatIsNoFrame() {
        assertThatThrownBy(() -> new FrameReader().read(Frames.bytes("01 00 0000 00000001 00000000"), new Read()))
                .asInstanceOf(InstanceOfAssertFactories.type(YamuxException.class))
                .extracting(YamuxException::reason)
                .isEqualTo(YamuxException.Reason.VERSION);
        // A peer that does not multiplex: the first bytes of HTTP/2.
        assertThatThrownBy(() -> new FrameReader()
                        .read(Unpooled.copiedBuffer("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes()), new Read()))
                .hasMessageContaining("version 80")
                .hasMessageContaining("does not multiplex");
        assertThatThrownBy(() -> new FrameReader().read(Frames.bytes("00 04 0000 00000001 00000000"), new Read()))
                .hasMessageContaining("type 4");
    }
}

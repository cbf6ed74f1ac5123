package dev.mortise.runtime.process.wire.yamux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;

/** Frames as bytes, and back as text that a test can compare. */
final class Frames {

    private Frames() {}

    /** @param hex may have spaces */
    static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    static ByteBuf frame(FrameType type, int flags, long streamId, long length) {
        ByteBuf bytes = Unpooled.buffer();
        new FrameHeader(type, flags, streamId, length).write(bytes);
        return bytes;
    }

    static ByteBuf data(int flags, long streamId, byte[] payload) {
        return frame(FrameType.DATA, flags, streamId, payload.length).writeBytes(payload);
    }

    static String hex(ByteBuf bytes) {
        return ByteBufUtil.hexDump(bytes);
    }
}

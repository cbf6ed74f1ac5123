package dev.mortise.runtime.process.wire.yamux;

import io.netty.buffer.ByteBuf;

/**
 * What every frame begins with: twelve bytes, big endian. Only data frames have something behind it.
 *
 * @param flags of which a receiver passes over those that it does not know
 * @param streamId unsigned, of 32 bits; 0 is the session itself
 * @param length unsigned, of 32 bits: the bytes that follow, the bytes that are granted, what a ping says, or why the other
 *     end goes away
 */
record FrameHeader(FrameType type, int flags, long streamId, long length) {

    static final int BYTES = 12;

    /** Begins a stream, or asks. */
    static final int SYN = 1;
    /** Takes a stream, or answers. */
    static final int ACK = 2;
    /** Nothing further comes on the stream. */
    static final int FIN = 4;
    /** The stream is no more. */
    static final int RST = 8;

    private static final int VERSION = 0;

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    void write(ByteBuf out) {
        out.writeByte(VERSION)
                .writeByte(type.code())
                .writeShort(flags)
                .writeInt((int) streamId)
                .writeInt((int) length);
    }

    /** @throws YamuxException if the version or the type is unknown */
    static FrameHeader read(ByteBuf in) throws YamuxException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new YamuxException(
                    YamuxException.Reason.VERSION,
                    "a frame is of version " + version + " of yamux, and this end speaks version " + VERSION
                            + "; or the other end does not multiplex at all");
        }
        return new FrameHeader(
                FrameType.of(in.readUnsignedByte()),
                in.readUnsignedShort(),
                in.readUnsignedInt(),
                in.readUnsignedInt());
    }
}

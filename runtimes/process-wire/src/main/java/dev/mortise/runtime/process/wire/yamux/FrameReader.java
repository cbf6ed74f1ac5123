package dev.mortise.runtime.process.wire.yamux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Takes what comes in apart, however it is cut. Keeps a part of a header at most; what is behind it is passed on as it comes. */
final class FrameReader {

    interface Sink {

        /** A frame begins; unless it is of type DATA, that is all of it. */
        void header(FrameHeader header) throws YamuxException;

        /**
         * A piece of the frame whose header came last.
         *
         * @param bytes belong to the sink
         * @param last whether the frame ends with it
         */
        void payload(ByteBuf bytes, boolean last) throws YamuxException;
    }

    private final ByteBuf header = Unpooled.buffer(FrameHeader.BYTES, FrameHeader.BYTES);
    private long left;

    /** @param in is read to its end, unless there is an exception */
    void read(ByteBuf in, Sink sink) throws YamuxException {
        while (in.isReadable()) {
            if (left > 0) {
                int piece = (int) Math.min(left, in.readableBytes());
                left -= piece;
                sink.payload(in.readRetainedSlice(piece), left == 0);
                continue;
            }
            in.readBytes(header, Math.min(header.writableBytes(), in.readableBytes()));
            if (!header.isWritable()) {
                FrameHeader next = FrameHeader.read(header);
                header.clear();
                if (next.type() == FrameType.DATA) {
                    left = next.length();
                }
                sink.header(next);
            }
        }
    }
}

package dev.mortise.runtime.process.wire.yamux;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.ArrayList;
import java.util.List;

/** What goes into one frame of that which a stream has to send: as much of it as there is room for. */
final class FramePayload implements ChannelOutboundBuffer.MessageProcessor {

    private final List<ByteBuf> pieces = new ArrayList<>(4);
    private final int room;
    private int size;

    FramePayload(int room) {
        this.room = room;
    }

    @Override
    public boolean processMessage(Object message) {
        ByteBuf bytes = (ByteBuf) message;
        int piece = Math.min(bytes.readableBytes(), room - size);
        if (piece > 0) {
            pieces.add(bytes.retainedSlice(bytes.readerIndex(), piece));
            size += piece;
        }
        return size < room;
    }

    int size() {
        return size;
    }

    /** They belong to whoever asks. */
    List<ByteBuf> pieces() {
        return pieces;
    }
}

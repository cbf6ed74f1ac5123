package dev.mortise.host.packages;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Reads the structures of a zip file at any place of it. */
final class ZipBytes {

    private final FileChannel channel;
    private final long size;

    ZipBytes(FileChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
    }

    long size() {
        return size;
    }

    /** Exactly these bytes, or a refusal if the file ends before. */
    ByteBuffer read(long offset, int length) throws IOException {
        if (offset < 0 || length < 0 || offset > size - length) {
            throw RefusalException.garbled("it refers to bytes beyond its end");
        }
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (read(offset + buffer.position(), buffer) < 0) {
                throw new EOFException("the archive shrank while it was read");
            }
        }
        return buffer.flip();
    }

    int read(long offset, ByteBuffer into) throws IOException {
        return channel.read(into, offset);
    }

    static int u16(ByteBuffer buffer) {
        return Short.toUnsignedInt(buffer.getShort());
    }

    static long u32(ByteBuffer buffer) {
        return Integer.toUnsignedLong(buffer.getInt());
    }
}

package dev.mortise.host.packages;

import java.io.IOException;
import java.io.InputStream;

/** The content of one tar entry. */
final class TarContent extends InputStream {

    private final TarBlocks blocks;
    private long left;

    TarContent(TarBlocks blocks, long size) {
        this.blocks = blocks;
        this.left = size;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = blocks.read(target, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw TarBlocks.garbled("it ends in the middle of a file");
        }
        left -= count;
        return count;
    }
}

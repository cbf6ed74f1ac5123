package dev.mortise.host.packages;

import java.io.IOException;

/** The content of one tar entry. */
final class TarContent extends BulkInputStream {

    private final TarBlocks blocks;
    private long left;

    TarContent(TarBlocks blocks, long size) {
        this.blocks = blocks;
        this.left = size;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = blocks.read(target, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw RefusalException.garbled("it ends in the middle of a file");
        }
        left -= count;
        return count;
    }
}

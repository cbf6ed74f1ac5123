package dev.mortise.host.packages;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The blocks of 512 bytes that a tar file consists of. A failure to decompress them is a fault of the archive. */
final class TarBlocks {

    /** Tar writers fill the last record with zeros; the largest record in use is far smaller. */
    private static final int MAX_PADDING_BYTES = 1 << 20;

    private final InputStream in;

    TarBlocks(InputStream in) {
        this.in = in;
    }

    /** The next header, or nothing at the zeros that mark the end. */
    Optional<byte[]> nextHeader() throws RefusalException {
        byte[] block = readExactly(TarHeader.BLOCK_BYTES);
        return isZero(block, block.length) ? Optional.empty() : Optional.of(block);
    }

    byte[] readExactly(int length) throws RefusalException {
        byte[] bytes = new byte[length];
        int filled = 0;
        while (filled < length) {
            int count = read(bytes, filled, length - filled);
            if (count < 0) {
                throw RefusalException.garbled("it ends in the middle");
            }
            filled += count;
        }
        return bytes;
    }

    int read(byte[] target, int offset, int length) throws RefusalException {
        try {
            return in.read(target, offset, length);
        } catch (IOException e) {
            throw RefusalException.garbled("it cannot be decompressed");
        }
    }

    /** What fills the last block of a content of this length. */
    void skipPadding(long contentBytes) throws RefusalException {
        int used = (int) (contentBytes % TarHeader.BLOCK_BYTES);
        if (used > 0) {
            readExactly(TarHeader.BLOCK_BYTES - used);
        }
    }

    /** Reads to the end of the stream, where its checksum is; nothing but zeros may be there. */
    void expectEnd() throws RefusalException {
        byte[] buffer = new byte[TarHeader.BLOCK_BYTES];
        int padding = 0;
        for (int count = read(buffer, 0, buffer.length); count >= 0; count = read(buffer, 0, buffer.length)) {
            padding += count;
            if (padding > MAX_PADDING_BYTES || !isZero(buffer, count)) {
                throw RefusalException.unsafe("The archive has something behind its end, where programs disagree"
                        + " about what is in it. Pack it again with a common tool.");
            }
        }
    }

    private static boolean isZero(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}

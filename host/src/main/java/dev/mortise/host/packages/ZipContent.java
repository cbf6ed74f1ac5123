package dev.mortise.host.packages;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The unpacked content of one zip entry. Its end is reached only if length, checksum and packed length are right. */
final class ZipContent extends BulkInputStream {

    private static final int BUFFER_BYTES = 16 * 1024;

    private final ZipRecord entry;
    private final ZipBytes file;
    private final Inflater inflater;
    private final ByteBuffer packed = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    private final CRC32 crc = new CRC32();
    private long packedOffset;
    private long packedLeft;
    private long produced;

    /** @param inflater of raw deflate data, used by one content at a time; its owner closes it */
    ZipContent(ZipRecord entry, ZipBytes file, long offset, Inflater inflater) {
        this.entry = entry;
        this.file = file;
        this.packedOffset = offset;
        this.packedLeft = entry.compressedBytes();
        this.inflater = inflater;
        inflater.reset();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count = entry.method() == ZipRecord.STORED ? copy(target, offset, length) : inflate(target, offset, length);
        if (count < 0) {
            checkEnd();
            return -1;
        }
        crc.update(target, offset, count);
        produced += count;
        if (produced > entry.bytes()) {
            throw wrong("is longer than the archive says");
        }
        return count;
    }

    private int copy(byte[] target, int offset, int length) throws IOException {
        if (!packed.hasRemaining() && !fill()) {
            return -1;
        }
        int count = Math.min(length, packed.remaining());
        packed.get(target, offset, count);
        return count;
    }

    private int inflate(byte[] target, int offset, int length) throws IOException {
        try {
            while (true) {
                int count = inflater.inflate(target, offset, length);
                if (count > 0) {
                    return count;
                }
                if (inflater.finished()) {
                    return -1;
                }
                if (inflater.needsDictionary() || !inflater.needsInput() || !fill()) {
                    throw wrong("is cut off");
                }
                inflater.setInput(packed);
            }
        } catch (DataFormatException e) {
            throw wrong("is not deflated data");
        }
    }

    /** @return whether there was more */
    private boolean fill() throws IOException {
        if (packedLeft == 0) {
            return false;
        }
        packed.clear().limit((int) Math.min(BUFFER_BYTES, packedLeft));
        int count = file.read(packedOffset, packed);
        if (count < 0) {
            throw new EOFException("the archive shrank while it was read");
        }
        packedOffset += count;
        packedLeft -= count;
        packed.flip();
        return true;
    }

    private void checkEnd() throws RefusalException {
        if (packedLeft > 0 || packed.hasRemaining()) {
            throw wrong("is followed by bytes that belong to nothing");
        }
        if (produced != entry.bytes() || crc.getValue() != entry.crc()) {
            throw wrong("does not have the length and the checksum that the archive says");
        }
    }

    private RefusalException wrong(String how) {
        return RefusalException.garbled("entry '" + entry.shown() + "' " + how);
    }
}

package dev.mortise.host.packages;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One header block of a tar file, in the ustar form of POSIX.1 or in GNU's.
 *
 * @param name as stored; longer names come from headers before this one
 * @param size of the content that follows
 * @param type the type flag
 */
record TarHeader(String name, long size, char type, int mode) {

    static final int BLOCK_BYTES = 512;

    private static final int NAME_AT = 0;
    private static final int NAME_BYTES = 100;
    private static final int MODE_AT = 100;
    private static final int MODE_BYTES = 8;
    private static final int SIZE_AT = 124;
    private static final int SIZE_BYTES = 12;
    private static final int CHECKSUM_AT = 148;
    private static final int CHECKSUM_BYTES = 8;
    private static final int TYPE_AT = 156;
    private static final int MAGIC_AT = 257;
    private static final byte[] POSIX_MAGIC = "ustar\0".getBytes(StandardCharsets.US_ASCII);
    private static final int PREFIX_AT = 345;
    private static final int PREFIX_BYTES = 155;

    static TarHeader parse(byte[] block) throws RefusalException {
        if (number(block, CHECKSUM_AT, CHECKSUM_BYTES) != checksum(block)) {
            throw RefusalException.garbled("a header has the wrong checksum");
        }
        String name = text(block, NAME_AT, NAME_BYTES);
        boolean posix =
                Arrays.equals(block, MAGIC_AT, MAGIC_AT + POSIX_MAGIC.length, POSIX_MAGIC, 0, POSIX_MAGIC.length);
        if (posix && block[PREFIX_AT] != 0) {
            name = text(block, PREFIX_AT, PREFIX_BYTES) + "/" + name;
        }
        return new TarHeader(name, number(block, SIZE_AT, SIZE_BYTES), (char) block[TYPE_AT], (int)
                number(block, MODE_AT, MODE_BYTES));
    }

    boolean isExecutable() {
        return (mode & 0100) != 0;
    }

    /** The sum of the block's bytes, those of the checksum itself taken as spaces. */
    private static long checksum(byte[] block) {
        long sum = 0;
        for (int i = 0; i < BLOCK_BYTES; i++) {
            boolean own = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM_BYTES;
            sum += own ? ' ' : block[i] & 0xFF;
        }
        return sum;
    }

    private static String text(byte[] block, int at, int length) throws RefusalException {
        int end = at;
        while (end < at + length && block[end] != 0) {
            end++;
        }
        return EntryName.decode(Arrays.copyOfRange(block, at, end));
    }

    /** Octal digits, ended by a space or NUL; or, with the first bit set, a big-endian number as GNU tar has it. */
    private static long number(byte[] block, int at, int length) throws RefusalException {
        return (block[at] & 0x80) != 0 ? binary(block, at, length) : octal(block, at, length);
    }

    private static long binary(byte[] block, int at, int length) throws RefusalException {
        long value = block[at] & 0x7F;
        for (int i = at + 1; i < at + length; i++) {
            if (value >>> 55 != 0) {
                throw RefusalException.garbled("a header has a number that is negative or too large");
            }
            value = value << 8 | block[i] & 0xFF;
        }
        return value;
    }

    private static long octal(byte[] block, int at, int length) throws RefusalException {
        int i = at;
        int end = at + length;
        while (i < end && block[i] == ' ') {
            i++;
        }
        long value = 0;
        while (i < end && block[i] >= '0' && block[i] <= '7') {
            value = value << 3 | block[i] - '0';
            i++;
        }
        while (i < end && (block[i] == ' ' || block[i] == 0)) {
            i++;
        }
        if (i != end) {
            throw RefusalException.garbled("a header has something else where a number should be");
        }
        return value;
    }
}

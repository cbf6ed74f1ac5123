package dev.mortise.host.packages;

import static dev.mortise.host.packages.ZipBytes.u16;
import static dev.mortise.host.packages.ZipBytes.u32;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The central directory of a zip file, as PKWARE's APPNOTE 6.3.10 describes it; without its 64-bit form, which only
 * archives beyond any limit of a package need.
 *
 * @param records in the order of their offsets
 * @param offset of the directory in the file
 */
record ZipDirectory(List<ZipRecord> records, long offset) {

    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int END_COMMENT_LENGTH_AT = 20;
    private static final int RECORD_SIGNATURE = 0x02014b50;
    private static final int RECORD_BYTES = 46;
    private static final int MAX_COMMENT_BYTES = 0xFFFF;
    private static final int MAX_DIRECTORY_BYTES = 16 << 20;
    private static final long NEEDS_ZIP64 = 0xFFFFFFFFL;
    private static final int COUNT_NEEDS_ZIP64 = 0xFFFF;

    static ZipDirectory read(ZipBytes file, PackageLimits limits) throws IOException {
        long endOffset = findEnd(file);
        ByteBuffer end = file.read(endOffset, END_BYTES);
        end.position(4);
        int disk = u16(end);
        int directoryDisk = u16(end);
        int countOnDisk = u16(end);
        int count = u16(end);
        long length = u32(end);
        long offset = u32(end);
        if (disk != 0 || directoryDisk != 0 || countOnDisk != count) {
            throw RefusalException.invalid("The archive is spread over several files. Pack it as one.");
        }
        if (count == COUNT_NEEDS_ZIP64 || offset == NEEDS_ZIP64 || length == NEEDS_ZIP64) {
            throw RefusalException.invalid("The archive is in the 64-bit form of zip. Pack it in the common form.");
        }
        if (count > limits.entries()) {
            throw EntryGate.tooManyEntries(limits);
        }
        if (offset + length != endOffset) {
            throw RefusalException.garbled("its directory is not where it says");
        }
        if (length > MAX_DIRECTORY_BYTES) {
            throw RefusalException.tooLarge(
                    "The archive's directory is larger than " + MAX_DIRECTORY_BYTES + " bytes.");
        }
        ByteBuffer directory = file.read(offset, (int) length);
        List<ZipRecord> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            records.add(readRecord(directory));
        }
        if (directory.hasRemaining()) {
            throw RefusalException.unsafe("The archive's directory holds more than the " + count
                    + " entries that it says it has, so that programs disagree about what is in it.");
        }
        records.sort(Comparator.comparingLong(ZipRecord::offset));
        return new ZipDirectory(List.copyOf(records), offset);
    }

    /** The last place that can be the end record, which is the one that every reader takes. */
    private static long findEnd(ZipBytes file) throws IOException {
        int tailBytes = (int) Math.min(file.size(), END_BYTES + MAX_COMMENT_BYTES);
        long tailOffset = file.size() - tailBytes;
        ByteBuffer tail = file.read(tailOffset, tailBytes);
        for (int at = tailBytes - END_BYTES; at >= 0; at--) {
            if (tail.getInt(at) == END_SIGNATURE) {
                int comment = Short.toUnsignedInt(tail.getShort(at + END_COMMENT_LENGTH_AT));
                if (at + END_BYTES + comment != tailBytes) {
                    throw RefusalException.garbled("it does not end where its last record says");
                }
                return tailOffset + at;
            }
        }
        throw RefusalException.garbled("it has no directory at its end");
    }

    private static ZipRecord readRecord(ByteBuffer directory) throws RefusalException {
        if (directory.remaining() < RECORD_BYTES || directory.getInt() != RECORD_SIGNATURE) {
            throw RefusalException.garbled("its directory has fewer entries than it says");
        }
        directory.getInt(); // versions made by and needed, of which nothing depends
        int flags = u16(directory);
        int method = u16(directory);
        directory.getInt(); // time and date
        long crc = u32(directory);
        long compressedBytes = u32(directory);
        long bytes = u32(directory);
        int nameLength = u16(directory);
        int extraLength = u16(directory);
        int commentLength = u16(directory);
        int disk = u16(directory);
        u16(directory); // internal attributes
        long attributes = u32(directory);
        long offset = u32(directory);
        if (directory.remaining() < nameLength + extraLength + commentLength) {
            throw RefusalException.garbled("its directory ends within an entry");
        }
        byte[] name = new byte[nameLength];
        directory.get(name);
        byte[] extra = new byte[extraLength];
        directory.get(extra);
        directory.position(directory.position() + commentLength);
        ZipRecord zipRecord = new ZipRecord(
                EntryName.decode(name),
                flags,
                method,
                crc,
                compressedBytes,
                bytes,
                (int) (attributes >>> 16),
                (attributes & 0x10) != 0,
                offset);
        if (disk != 0 || compressedBytes == NEEDS_ZIP64 || bytes == NEEDS_ZIP64 || offset == NEEDS_ZIP64) {
            throw RefusalException.garbled(
                    "entry '" + zipRecord.shown() + "' needs the 64-bit or the split form of zip");
        }
        if (new ZipExtra(extra).renames(name)) {
            throw twoNames(zipRecord);
        }
        return zipRecord;
    }

    static RefusalException twoNames(ZipRecord entry) {
        return RefusalException.unsafe("The archive has two different names for its entry '" + entry.shown()
                + "', so that programs disagree about what is in it.");
    }
}

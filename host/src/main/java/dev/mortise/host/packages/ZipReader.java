package dev.mortise.host.packages;

import static dev.mortise.host.packages.ZipBytes.u16;
import static dev.mortise.host.packages.ZipBytes.u32;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.zip.Inflater;

/**
 * Reads a zip file, and accepts it only if there is one way to read it. The libraries at hand look either at the
 * central directory or at the local headers, and an archive can show different entries to each; here both must agree,
 * and the entries must fill the file from its first byte to the directory, without gaps or overlaps.
 */
final class ZipReader {

    private static final int LOCAL_SIGNATURE = 0x04034b50;
    private static final int LOCAL_BYTES = 30;
    private static final int DESCRIPTOR_SIGNATURE = 0x08074b50;
    private static final long IN_ZIP64_FIELD = 0xFFFFFFFFL;

    /** Encryption, descriptor, patch data, strong encryption, UTF-8, masked headers: what changes how it is read. */
    private static final int MEANINGFUL_FLAGS = 1 | 1 << 3 | 1 << 5 | 1 << 6 | 1 << 11 | 1 << 13;

    private static final int TYPE_MASK = 0170000;
    private static final int TYPE_FILE = 0100000;
    private static final int TYPE_FOLDER = 0040000;
    private static final int TYPE_LINK = 0120000;

    /** All bits set, as jars made by old Maven plugins have it for folders. */
    private static final int TYPE_UNKNOWN = 0170000;

    private final ZipBytes file;
    private final EntryGate gate;

    private ZipReader(ZipBytes file, EntryGate gate) {
        this.file = file;
        this.gate = gate;
    }

    static void read(Path archive, PackageLimits limits, EntryGate gate) throws IOException {
        Inflater inflater = new Inflater(true);
        try (FileChannel channel = FileChannel.open(archive)) {
            ZipBytes file = new ZipBytes(channel);
            new ZipReader(file, gate).readEntries(ZipDirectory.read(file, limits), inflater);
        } finally {
            inflater.end();
        }
    }

    private void readEntries(ZipDirectory directory, Inflater inflater) throws IOException {
        long expected = 0;
        Iterator<ZipRecord> records = directory.records().iterator();
        ZipRecord next = records.hasNext() ? records.next() : null;
        while (next != null) {
            ZipRecord entry = next;
            next = records.hasNext() ? records.next() : null;
            if (entry.offset() != expected) {
                throw disagreement(entry, "does not begin where the one before it ends");
            }
            checkKind(entry);
            long contentOffset = checkLocalHeader(entry);
            long contentEnd = contentOffset + entry.compressedBytes();
            expected = next == null ? directory.offset() : next.offset();
            checkDescriptor(entry, contentEnd, expected);
            pass(entry, new ZipContent(entry, file, contentOffset, inflater));
        }
        if (expected != directory.offset()) {
            throw RefusalException.garbled("its directory is empty although there is something before it");
        }
    }

    private void pass(ZipRecord entry, ZipContent content) throws IOException {
        if (entry.isFolder()) {
            if (content.read() >= 0) {
                throw RefusalException.unsafe("The archive's entry '" + entry.shown() + "' is a folder with content.");
            }
            gate.folder(entry.name());
        } else {
            gate.file(entry.name(), entry.isExecutable(), content);
        }
    }

    private static void checkKind(ZipRecord entry) throws RefusalException {
        if (entry.isEncrypted()) {
            throw RefusalException.invalid(
                    "The archive's entry '" + entry.shown() + "' is encrypted. Pack it without a password.");
        }
        if (entry.method() != ZipRecord.STORED && entry.method() != ZipRecord.DEFLATED) {
            throw RefusalException.invalid("The archive's entry '" + entry.shown() + "' is compressed by method "
                    + entry.method() + ". Pack it with deflate, as jars are.");
        }
        int type = entry.unixMode() & TYPE_MASK;
        if (type == TYPE_LINK) {
            throw RefusalException.unsafe(
                    "The archive's entry '" + entry.shown() + "' is a symbolic link. Pack what it refers to instead.");
        }
        boolean untypedFolder = entry.isFolder() && type == TYPE_UNKNOWN;
        if (type != 0 && type != TYPE_FILE && type != TYPE_FOLDER && !untypedFolder) {
            throw RefusalException.unsafe(
                    "The archive's entry '" + entry.shown() + "' is neither a file nor a folder.");
        }
        boolean saysFile = type == TYPE_FILE;
        boolean saysFolder = type == TYPE_FOLDER || entry.dosFolder();
        if (entry.isFolder() ? saysFile : saysFolder) {
            throw disagreement(entry, "is a folder by its name or by its attributes, but not by both");
        }
    }

    /** @return where the content begins */
    private long checkLocalHeader(ZipRecord entry) throws IOException {
        ByteBuffer header = file.read(entry.offset(), LOCAL_BYTES);
        if (header.getInt() != LOCAL_SIGNATURE) {
            throw RefusalException.garbled("there is no entry where its directory says");
        }
        u16(header); // version needed, on which nothing depends
        int flags = u16(header);
        int method = u16(header);
        header.getInt(); // time and date
        long crc = u32(header);
        long compressedBytes = u32(header);
        long bytes = u32(header);
        int nameLength = u16(header);
        int extraLength = u16(header);
        long nameOffset = entry.offset() + LOCAL_BYTES;
        byte[] name = file.read(nameOffset, nameLength).array();
        ZipExtra extra =
                new ZipExtra(file.read(nameOffset + nameLength, extraLength).array());

        if (!EntryName.decode(name).equals(entry.name()) || extra.renames(name)) {
            throw ZipDirectory.twoNames(entry);
        }
        if ((flags & MEANINGFUL_FLAGS) != (entry.flags() & MEANINGFUL_FLAGS) || method != entry.method()) {
            throw disagreement(entry, "is packed in different ways");
        }
        if (bytes == IN_ZIP64_FIELD || compressedBytes == IN_ZIP64_FIELD) {
            Optional<ByteBuffer> wide = extra.find(ZipExtra.ZIP64).filter(field -> field.remaining() >= 16);
            if (wide.isPresent()) {
                bytes = wide.get().getLong();
                compressedBytes = wide.get().getLong();
            }
        }
        if (!agrees(entry, crc, entry.crc())
                || !agrees(entry, compressedBytes, entry.compressedBytes())
                || !agrees(entry, bytes, entry.bytes())) {
            throw disagreement(entry, "has different sizes or checksums");
        }
        return nameOffset + nameLength + extraLength;
    }

    /** A local header that announces a descriptor may leave its numbers to it. */
    private static boolean agrees(ZipRecord entry, long local, long central) {
        return local == central || entry.hasDescriptor() && local == 0;
    }

    /** The descriptor has four forms: with or without signature, with sizes of 32 or of 64 bits. */
    private void checkDescriptor(ZipRecord entry, long offset, long end) throws IOException {
        long length = end - offset;
        if (!entry.hasDescriptor()) {
            if (length != 0) {
                throw disagreement(entry, "is followed by bytes that belong to no entry, or overlaps the next one");
            }
            return;
        }
        if (length != 12 && length != 16 && length != 20 && length != 24) {
            throw disagreement(entry, "is followed by bytes that belong to no entry, or overlaps the next one");
        }
        ByteBuffer descriptor = file.read(offset, (int) length);
        boolean signed = length == 16 || length == 24;
        boolean wide = length >= 20;
        if (signed && descriptor.getInt() != DESCRIPTOR_SIGNATURE
                || u32(descriptor) != entry.crc()
                || (wide ? descriptor.getLong() : u32(descriptor)) != entry.compressedBytes()
                || (wide ? descriptor.getLong() : u32(descriptor)) != entry.bytes()) {
            throw disagreement(entry, "has different sizes or checksums");
        }
    }

    private static RefusalException disagreement(ZipRecord entry, String how) {
        return RefusalException.unsafe("The archive contradicts itself, so that programs disagree about what is in it:"
                + " entry '" + entry.shown() + "' " + how + ". Pack it again with a common tool.");
    }
}

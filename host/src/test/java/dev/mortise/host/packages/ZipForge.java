package dev.mortise.host.packages;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes zip files byte by byte, so that they can be wrong in every way that libraries refuse to write. */
final class ZipForge {

    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int DESCRIPTOR = 0x08074b50;

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
    private int count;

    /** One entry; every field may be set to a lie. */
    static final class Entry {
        byte[] localName;
        byte[] centralName;
        byte[] content;
        int method = 8;
        int localMethod = -1;
        int flags = 1 << 11;
        int localFlags = -1;
        long crc;
        long size;
        long localSize = -1;
        int unixMode;
        int dosAttributes;
        byte[] localExtra = {};
        byte[] centralExtra = {};
        byte[] packed;
        int descriptorBytes;

        Entry(String name, byte[] content) {
            localName = name.getBytes(StandardCharsets.UTF_8);
            centralName = localName;
            this.content = content;
            CRC32 crc32 = new CRC32();
            crc32.update(content);
            crc = crc32.getValue();
            size = content.length;
            packed = deflate(content);
        }

        Entry stored() {
            method = 0;
            packed = content;
            return this;
        }

        Entry mode(int mode) {
            unixMode = mode;
            return this;
        }
    }

    static Entry entry(String name, String content) {
        return new Entry(name, content.getBytes(StandardCharsets.UTF_8));
    }

    static Entry folder(String name) {
        return new Entry(name, new byte[0]).stored();
    }

    /** A well-formed package: a manifest and these. */
    static byte[] packageWith(Entry... entries) {
        ZipForge zip = new ZipForge().add(entry("manifest.json", "{}"));
        for (Entry entry : entries) {
            zip.add(entry);
        }
        return zip.finish();
    }

    ZipForge add(Entry entry) {
        int offset = file.size();
        addLocal(entry);
        return addCentral(entry, offset);
    }

    ZipForge addLocal(Entry entry) {
        boolean later = entry.descriptorBytes > 0;
        int flags = entry.flags | (later ? 1 << 3 : 0);
        long localSize = entry.localSize >= 0 ? entry.localSize : entry.size;
        raw(buffer(30)
                .putInt(LOCAL)
                .putShort((short) 20)
                .putShort((short) (entry.localFlags >= 0 ? entry.localFlags : flags))
                .putShort((short) (entry.localMethod >= 0 ? entry.localMethod : entry.method))
                .putInt(0)
                .putInt(later ? 0 : (int) entry.crc)
                .putInt(later ? 0 : entry.packed.length)
                .putInt(later ? 0 : (int) localSize)
                .putShort((short) entry.localName.length)
                .putShort((short) entry.localExtra.length)
                .array());
        raw(entry.localName);
        raw(entry.localExtra);
        raw(entry.packed);
        if (later) {
            raw(descriptor(entry));
        }
        return this;
    }

    ZipForge addCentral(Entry entry, int offset) {
        directory.writeBytes(buffer(46)
                .putInt(CENTRAL)
                .putShort((short) (3 << 8 | 20))
                .putShort((short) 20)
                .putShort((short) (entry.flags | (entry.descriptorBytes > 0 ? 1 << 3 : 0)))
                .putShort((short) entry.method)
                .putInt(0)
                .putInt((int) entry.crc)
                .putInt(entry.packed.length)
                .putInt((int) entry.size)
                .putShort((short) entry.centralName.length)
                .putShort((short) entry.centralExtra.length)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(entry.unixMode << 16 | entry.dosAttributes)
                .putInt(offset)
                .array());
        directory.writeBytes(entry.centralName);
        directory.writeBytes(entry.centralExtra);
        count++;
        return this;
    }

    ZipForge raw(byte[] bytes) {
        file.writeBytes(bytes);
        return this;
    }

    int offset() {
        return file.size();
    }

    byte[] finish() {
        return finish(count);
    }

    /** @param announced how many entries the end record says there are */
    byte[] finish(int announced) {
        int offset = file.size();
        raw(directory.toByteArray());
        raw(buffer(22)
                .putInt(END)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) announced)
                .putShort((short) announced)
                .putInt(directory.size())
                .putInt(offset)
                .putShort((short) 0)
                .array());
        return file.toByteArray();
    }

    /** An extra field that gives the entry another name for readers that know of it. */
    static byte[] unicodePath(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return buffer(4 + 5 + bytes.length)
                .putShort((short) 0x7075)
                .putShort((short) (5 + bytes.length))
                .put((byte) 1)
                .putInt(0)
                .put(bytes)
                .array();
    }

    static byte[] deflate(byte[] content) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(content);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }

    private static byte[] descriptor(Entry entry) {
        ByteBuffer descriptor = buffer(24);
        if (entry.descriptorBytes == 16 || entry.descriptorBytes == 24) {
            descriptor.putInt(DESCRIPTOR);
        }
        descriptor.putInt((int) entry.crc);
        if (entry.descriptorBytes >= 20) {
            descriptor.putLong(entry.packed.length).putLong(entry.size);
        } else {
            descriptor.putInt(entry.packed.length).putInt((int) entry.size);
        }
        return Arrays.copyOf(descriptor.array(), entry.descriptorBytes);
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}

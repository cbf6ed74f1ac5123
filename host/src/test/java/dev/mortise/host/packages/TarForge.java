package dev.mortise.host.packages;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Writes tar files header by header, so that they can be wrong in every way that libraries refuse to write. */
final class TarForge {

    private static final int BLOCK = 512;

    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

    /** A well-formed package so far: a manifest. */
    static TarForge withManifest() {
        return new TarForge().file("manifest.json", "{}");
    }

    TarForge file(String name, String content) {
        return entry(name, '0', content.getBytes(StandardCharsets.UTF_8), 0644);
    }

    TarForge executable(String name, String content) {
        return entry(name, '0', content.getBytes(StandardCharsets.UTF_8), 0755);
    }

    TarForge special(String name, char type) {
        return entry(name, type, new byte[0], 0644);
    }

    /** An extended header of POSIX for the next entry; the lengths of its records are right. */
    TarForge pax(String key, String value) {
        String body = " " + key + "=" + value + "\n";
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        int total = length + String.valueOf(length).length();
        total = length + String.valueOf(total).length();
        return entry("PaxHeader", 'x', (total + body).getBytes(StandardCharsets.UTF_8), 0644);
    }

    TarForge entry(String name, char type, byte[] content, int mode) {
        header(name, type, content.length, mode);
        return content(content);
    }

    TarForge header(String name, char type, long size, int mode) {
        return raw(block(name, type, String.format("%011o", size), mode));
    }

    TarForge content(byte[] content) {
        tar.writeBytes(content);
        tar.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
        return this;
    }

    TarForge raw(byte[] bytes) {
        tar.writeBytes(bytes);
        return this;
    }

    static byte[] block(String name, char type, String size, int mode) {
        byte[] block = new byte[BLOCK];
        put(block, 0, name);
        put(block, 100, String.format("%07o", mode));
        put(block, 108, "0000000");
        put(block, 116, "0000000");
        put(block, 124, size);
        put(block, 136, "00000000000");
        put(block, 148, "        ");
        block[156] = (byte) type;
        put(block, 157, type == '1' || type == '2' ? "/etc/passwd" : "");
        put(block, 257, "ustar");
        put(block, 263, "00");
        return withChecksum(block);
    }

    static byte[] withChecksum(byte[] block) {
        put(block, 148, "        ");
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xFF;
        }
        put(block, 148, String.format("%06o", sum));
        block[154] = 0;
        return block;
    }

    /** With the two blocks of zeros that end a tar file, compressed. */
    byte[] finish() {
        return raw(new byte[2 * BLOCK]).gzip();
    }

    byte[] tar() {
        return raw(new byte[2 * BLOCK]).tar.toByteArray();
    }

    byte[] gzip() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            tar.writeTo(gzip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void put(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }
}

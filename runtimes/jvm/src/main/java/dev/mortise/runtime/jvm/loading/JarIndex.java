package dev.mortise.runtime.jvm.loading;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The central directory of a jar that lies in memory. The JDK reads archives from files only, which it holds open.
 *
 * <p>Format: PKWARE APPNOTE 6.3.9, sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16. Encrypted entries and entries of 4 GiB
 * and more are refused.
 */
final class JarIndex {

    private static final int END = 0x06054b50;
    private static final int END_SIZE = 22;
    private static final int ZIP64_LOCATOR = 0x07064b50;
    private static final int ZIP64_LOCATOR_SIZE = 20;
    private static final int ZIP64_END = 0x06064b50;
    private static final int ZIP64_END_SIZE = 56;
    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_SIZE = 46;
    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_SIZE = 30;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    /** What deflate can reach at most; a size beyond it is a lie that would only cost memory. */
    private static final long GREATEST_RATIO = 1032;

    private final ByteBuffer jar;

    private JarIndex(byte[] jar) {
        this.jar = ByteBuffer.wrap(jar).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** @param offset of the content in the jar */
    record Entry(int offset, int compressedSize, int size, boolean deflated) {}

    /**
     * The entries by name; of several with the same name the last.
     *
     * @throws IOException saying what is wrong with it, if it is not a jar
     */
    static Map<String, Entry> read(byte[] jar) throws IOException {
        try {
            return new JarIndex(jar).entries();
        } catch (IndexOutOfBoundsException e) {
            throw new IOException("its directory points outside of the file", e);
        }
    }

    static byte[] content(byte[] jar, Entry entry) throws IOException {
        byte[] content = new byte[entry.size()];
        if (!entry.deflated()) {
            System.arraycopy(jar, entry.offset(), content, 0, content.length);
            return content;
        }
        try (Inflater inflater = new Inflater(true)) {
            inflater.setInput(jar, entry.offset(), entry.compressedSize());
            int length = 0;
            while (length < content.length) {
                int read = inflater.inflate(content, length, content.length - length);
                if (read == 0) {
                    throw new IOException("it ends after " + length + " of " + content.length + " bytes");
                }
                length += read;
            }
            return content;
        } catch (DataFormatException e) {
            throw new IOException("it cannot be decompressed", e);
        }
    }

    private Map<String, Entry> entries() throws IOException {
        int end = findEnd();
        long directorySize = jar.getInt(end + 12) & 0xFFFFFFFFL;
        long directoryOffset = jar.getInt(end + 16) & 0xFFFFFFFFL;
        if (end >= ZIP64_LOCATOR_SIZE && jar.getInt(end - ZIP64_LOCATOR_SIZE) == ZIP64_LOCATOR) {
            end = Math.toIntExact(Math.clamp(jar.getLong(end - ZIP64_LOCATOR_SIZE + 8), -1, Integer.MAX_VALUE));
            if (end < 0 || end > jar.limit() - ZIP64_END_SIZE || jar.getInt(end) != ZIP64_END) {
                throw new IOException("its 64-bit directory is not where it should be");
            }
            directorySize = jar.getLong(end + 40);
            directoryOffset = jar.getLong(end + 48);
        }
        if (directorySize < 0 || directorySize > end || directoryOffset < 0 || directoryOffset > end - directorySize) {
            throw new IOException("its directory is larger than the file");
        }
        int position = (int) (end - directorySize);
        // Some jars have a script in front that makes them executable; offsets do not count it.
        int prefix = (int) (position - directoryOffset);
        Map<String, Entry> entries = new HashMap<>();
        while (position < end) {
            if (jar.getInt(position) != ENTRY) {
                throw new IOException("its directory is damaged");
            }
            int nameLength = unsignedShort(position + 28);
            String name = new String(jar.array(), position + ENTRY_SIZE, nameLength, StandardCharsets.UTF_8);
            entries.put(name, entry(name, position, prefix));
            position += ENTRY_SIZE + nameLength + unsignedShort(position + 30) + unsignedShort(position + 32);
        }
        return entries;
    }

    private Entry entry(String name, int position, int prefix) throws IOException {
        boolean encrypted = (unsignedShort(position + 8) & 1) != 0;
        int method = unsignedShort(position + 10);
        long compressedSize = jar.getInt(position + 20) & 0xFFFFFFFFL;
        long size = jar.getInt(position + 24) & 0xFFFFFFFFL;
        long local = prefix + (jar.getInt(position + 42) & 0xFFFFFFFFL);
        if (encrypted || (method != STORED && method != DEFLATED)) {
            throw new IOException("'" + name + "' is encrypted or compressed in a way that Java does not know");
        }
        if (local > jar.limit() - LOCAL_SIZE || jar.getInt((int) local) != LOCAL) {
            throw new IOException("'" + name + "' is not where the directory says");
        }
        long offset = local + LOCAL_SIZE + unsignedShort((int) local + 26) + unsignedShort((int) local + 28);
        boolean possible = method == STORED ? size == compressedSize : size <= (compressedSize + 1) * GREATEST_RATIO;
        if (offset + compressedSize > jar.limit() || !possible || size > Integer.MAX_VALUE - 8) {
            throw new IOException("'" + name + "' cannot have the size that the directory says");
        }
        return new Entry((int) offset, (int) compressedSize, (int) size, method == DEFLATED);
    }

    private int findEnd() throws IOException {
        int last = jar.limit() - END_SIZE;
        // A comment of at most 65,535 bytes may follow.
        for (int position = last; position >= Math.max(0, last - 0xFFFF); position--) {
            if (jar.getInt(position) == END && position + END_SIZE + unsignedShort(position + 20) <= jar.limit()) {
                return position;
            }
        }
        throw new IOException("it has no directory of entries");
    }

    private int unsignedShort(int position) {
        return jar.getShort(position) & 0xFFFF;
    }
}

package dev.mortise.host.packages;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/** The extra fields of a zip entry, of which two can change what it is called and how long it is. */
final class ZipExtra {

    /** 64-bit sizes: APPNOTE 6.3.10, section 4.5.3. */
    static final int ZIP64 = 0x0001;

    /** A second name, in UTF-8, that some readers prefer: section 4.6.9. */
    private static final int UNICODE_PATH = 0x7075;

    private static final int HEADER_BYTES = 4;
    private static final int UNICODE_PATH_NAME_AT = 5;

    private final byte[] bytes;

    ZipExtra(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The field's content, if it is there. Fewer than four bytes at the end are padding that aligners leave. */
    Optional<ByteBuffer> find(int id) throws RefusalException {
        ByteBuffer rest = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (rest.remaining() >= HEADER_BYTES) {
            int fieldId = ZipBytes.u16(rest);
            int length = ZipBytes.u16(rest);
            if (length > rest.remaining()) {
                throw RefusalException.garbled("an extra field is longer than its entry says");
            }
            if (fieldId == id) {
                return Optional.of(rest.slice(rest.position(), length).order(ByteOrder.LITTLE_ENDIAN));
            }
            rest.position(rest.position() + length);
        }
        return Optional.empty();
    }

    /** Whether a reader that prefers the second name would see another one than a reader that does not. */
    boolean renames(byte[] name) throws RefusalException {
        Optional<ByteBuffer> field = find(UNICODE_PATH);
        if (field.isEmpty()) {
            return false;
        }
        ByteBuffer content = field.get();
        if (content.remaining() < UNICODE_PATH_NAME_AT) {
            return true;
        }
        byte[] second = new byte[content.remaining() - UNICODE_PATH_NAME_AT];
        content.position(UNICODE_PATH_NAME_AT).get(second);
        return !Arrays.equals(second, name);
    }
}

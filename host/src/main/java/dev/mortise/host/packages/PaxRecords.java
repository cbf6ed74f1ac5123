package dev.mortise.host.packages;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The records of a POSIX.1-2001 extended tar header: {@code length key=value}, each on a line of its own. */
record PaxRecords(Map<String, String> values) {

    static PaxRecords parse(byte[] content) throws RefusalException {
        Map<String, String> values = new HashMap<>();
        ByteBuffer rest = ByteBuffer.wrap(content);
        while (rest.hasRemaining()) {
            int start = rest.position();
            int length = readLength(rest);
            int bodyBytes = length - (rest.position() - start) - 1;
            if (bodyBytes < 0 || bodyBytes >= rest.remaining()) {
                throw broken();
            }
            byte[] body = new byte[bodyBytes];
            rest.get(body);
            if (rest.get() != '\n') {
                throw broken();
            }
            put(values, body);
        }
        return new PaxRecords(values);
    }

    Optional<String> path() {
        return Optional.ofNullable(values.get("path"));
    }

    Optional<Long> size() throws RefusalException {
        String size = values.get("size");
        if (size == null) {
            return Optional.empty();
        }
        if (!size.matches("[0-9]{1,18}")) {
            throw RefusalException.garbled("an extended header has a size that is no number");
        }
        return Optional.of(Long.valueOf(size));
    }

    boolean describesSparseFile() {
        return values.keySet().stream().anyMatch(key -> key.startsWith("GNU.sparse."));
    }

    private static int readLength(ByteBuffer rest) throws RefusalException {
        int length = 0;
        while (rest.hasRemaining()) {
            byte digit = rest.get();
            if (digit == ' ') {
                return length;
            }
            if (digit < '0' || digit > '9' || length > rest.capacity()) {
                break;
            }
            length = length * 10 + (digit - '0');
        }
        throw broken();
    }

    /** Only what is used is decoded: other values, such as extended attributes, need not be text. */
    private static void put(Map<String, String> values, byte[] body) throws RefusalException {
        int equals = 0;
        while (equals < body.length && body[equals] != '=') {
            equals++;
        }
        if (equals == body.length) {
            throw broken();
        }
        String key = EntryName.decode(Arrays.copyOf(body, equals));
        boolean used = key.equals("path") || key.equals("size");
        values.put(key, used ? EntryName.decode(Arrays.copyOfRange(body, equals + 1, body.length)) : "");
    }

    private static RefusalException broken() {
        return RefusalException.garbled("an extended header is broken");
    }
}

package dev.mortise.host.packages;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A body in the chunked transfer coding of RFC 9112, section 7.1. What follows the last chunk is not read. */
final class ChunkedBody extends BulkInputStream {

    private static final Pattern SIZE_LINE = Pattern.compile("([0-9A-Fa-f]{1,15})[ \\t]*(;.*)?");
    private static final int MAX_LINE_BYTES = 1024;

    private final InputStream in;
    private long left;
    private boolean first = true;
    private boolean ended;

    ChunkedBody(InputStream in) {
        this.in = in;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (left == 0 && !ended) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int count = in.read(target, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("the server closed the connection too early");
        }
        left -= count;
        return count;
    }

    private void nextChunk() throws IOException {
        if (!first && !HttpHead.readLine(in, MAX_LINE_BYTES).isEmpty()) {
            throw new ProtocolException("the server sent a broken chunk");
        }
        first = false;
        Matcher size = SIZE_LINE.matcher(HttpHead.readLine(in, MAX_LINE_BYTES));
        if (!size.matches()) {
            throw new ProtocolException("the server sent a broken chunk");
        }
        left = Long.parseLong(size.group(1), 16);
        ended = left == 0;
    }
}

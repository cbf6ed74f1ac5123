package dev.mortise.runtime.process.goplugin;

import dev.mortise.runtime.process.output.OutputChannel;
import dev.mortise.runtime.process.output.OutputSink;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * Looks for the handshake line in what a plugin writes to its standard output, and passes everything else on. A plugin
 * whose libraries print before its handshake is understood all the same.
 */
final class HandshakeWatch implements OutputSink {

    /** With a certificate a line has some 800 characters. */
    private static final int LONGEST_LINE = 16 << 10;

    private static final int KEPT = 2_000;
    private static final Pattern HANDSHAKE = Pattern.compile("\\s*\\d+\\|.*", Pattern.DOTALL);

    private final OutputSink next;
    private final CompletableFuture<String> line = new CompletableFuture<>();
    private final ByteArrayOutputStream current = new ByteArrayOutputStream();
    private final StringBuilder seen = new StringBuilder();

    HandshakeWatch(OutputSink next) {
        this.next = next;
    }

    /** The line, as soon as it is there. */
    CompletableFuture<String> line() {
        return line;
    }

    /** What came instead of it, shortened, for a message. */
    synchronized String seen() {
        String rest = current.toString(StandardCharsets.UTF_8);
        String text = (seen + rest).strip();
        return text.length() <= KEPT ? text : text.substring(0, KEPT) + "…";
    }

    @Override
    public synchronized void write(OutputChannel channel, byte[] bytes, int length) {
        int from = 0;
        while (from < length && !line.isDone()) {
            int end = from;
            while (end < length && bytes[end] != '\n' && current.size() + end - from < LONGEST_LINE) {
                end++;
            }
            current.write(bytes, from, end - from);
            if (end == length) {
                return;
            }
            from = bytes[end] == '\n' ? end + 1 : end;
            endLine(channel);
        }
        if (from < length) {
            byte[] rest = Arrays.copyOfRange(bytes, from, length);
            next.write(channel, rest, rest.length);
        }
    }

    private void endLine(OutputChannel channel) {
        String text = current.toString(StandardCharsets.UTF_8);
        if (HANDSHAKE.matcher(text).matches()) {
            current.reset();
            line.complete(text);
            return;
        }
        current.write('\n');
        next.write(channel, current.toByteArray(), current.size());
        current.reset();
        if (seen.length() < KEPT) {
            seen.append(text, 0, Math.min(text.length(), KEPT)).append('\n');
        }
    }
}

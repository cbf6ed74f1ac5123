package dev.mortise.runtime.process.output;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts a stream of bytes into lines. A line that is too long comes in pieces. For one thread. */
final class LineSplitter {

    /** @param piece whether the text is a part of a longer line */
    record Line(String text, boolean piece) {}

    private final int longest;
    private final Consumer<Line> lines;
    private final ByteArrayOutputStream current = new ByteArrayOutputStream();
    private boolean inPieces;

    /** @param longest in bytes */
    LineSplitter(int longest, Consumer<Line> lines) {
        this.longest = longest;
        this.lines = lines;
    }

    void write(byte[] bytes, int length) {
        int from = 0;
        while (from < length) {
            int end = endOfLine(bytes, from, length);
            boolean complete = end < length && bytes[end] == '\n';
            current.write(bytes, from, end - from);
            if (complete) {
                endLine();
                from = end + 1;
            } else {
                if (current.size() >= longest) {
                    inPieces = true;
                    flush();
                }
                from = end;
            }
        }
    }

    /** The index of the next line feed, or of what no longer fits into the line, or the length. */
    private int endOfLine(byte[] bytes, int from, int length) {
        int limit = Math.min(length, from + longest - current.size());
        for (int i = from; i < limit; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return limit;
    }

    private void endLine() {
        if (current.size() > 0 || !inPieces) {
            flush();
        }
        inPieces = false;
    }

    /** Gives out what has come of a line that will not be ended. */
    void end() {
        if (current.size() > 0) {
            endLine();
        }
    }

    private void flush() {
        String text = current.toString(StandardCharsets.UTF_8);
        current.reset();
        lines.accept(new Line(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text, inPieces));
    }
}

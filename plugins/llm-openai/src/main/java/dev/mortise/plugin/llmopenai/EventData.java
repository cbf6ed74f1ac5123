package dev.mortise.plugin.llmopenai;

import dev.mortise.plugin.llmupstream.AnswerTooLargeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the data of server-sent events in pieces of a stream, wherever these are cut. As the HTML standard has it
 * (section 9.2.6); fields other than {@code data} are passed over.
 */
final class EventData {

    /** Of one event, in bytes. */
    private static final int MOST = 8 << 20;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private boolean hasData;
    private boolean afterReturn;

    /** @return the data of the events that are complete with this piece */
    List<byte[]> add(byte[] piece) throws IOException {
        List<byte[]> events = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < piece.length; at++) {
            byte b = piece[at];
            if (b != '\n' && b != '\r') {
                afterReturn = false;
                continue;
            }
            line.write(piece, from, at - from);
            from = at + 1;
            if (!(b == '\n' && afterReturn)) {
                endOfLine(events);
            }
            afterReturn = b == '\r';
        }
        line.write(piece, from, piece.length - from);
        if (line.size() > MOST) {
            throw new AnswerTooLargeException(MOST);
        }
        return events;
    }

    private void endOfLine(List<byte[]> events) throws IOException {
        byte[] text = line.toByteArray();
        line.reset();
        if (text.length == 0) {
            if (hasData) {
                events.add(data.toByteArray());
            }
            data.reset();
            hasData = false;
        } else if (isData(text)) {
            if (hasData) {
                data.write('\n');
            }
            int start = Math.min(text.length, text.length > 5 && text[5] == ' ' ? 6 : 5);
            data.write(text, start, text.length - start);
            hasData = true;
            if (data.size() > MOST) {
                throw new AnswerTooLargeException(MOST);
            }
        }
    }

    private static boolean isData(byte[] text) {
        return text.length >= 5
                && text[0] == 'd'
                && text[1] == 'a'
                && text[2] == 't'
                && text[3] == 'a'
                && text[4] == ':';
    }
}

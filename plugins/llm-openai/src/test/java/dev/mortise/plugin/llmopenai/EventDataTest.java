package dev.mortise.plugin.llmopenai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.plugin.llmupstream.AnswerTooLargeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventDataTest {

    private static List<String> read(String stream, int piece) throws IOException {
        EventData events = new EventData();
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        List<String> data = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += piece) {
            for (byte[] event : events.add(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece)))) {
                data.add(new String(event, StandardCharsets.UTF_8));
            }
        }
        return data;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 1000})
    void whereverTheStreamIsCutTheDataIsTheSame(int piece) throws IOException {
        String stream = ": hello\n\ndata: {\"ä\":1}\n\nevent: x\ndata:two\ndata:  lines\n\r\n\r\ndata: three\r\n\r\n"
                + "data: four\r\rid: 7\n\ndata:\n\ndata: never finished\n";

        assertThat(read(stream, piece)).containsExactly("{\"ä\":1}", "two\n lines", "three", "four", "");
    }

    @Test
    void aLineWithoutEndIsRefused() {
        byte[] piece = new byte[1 << 20];
        Arrays.fill(piece, (byte) 'x');
        EventData events = new EventData();

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        events.add(piece);
                    }
                })
                .isInstanceOf(AnswerTooLargeException.class);
    }
}

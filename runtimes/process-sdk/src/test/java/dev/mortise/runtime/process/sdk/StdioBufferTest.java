package dev.mortise.runtime.process.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.runtime.process.wire.goplugin.StdioData;
import dev.mortise.runtime.process.wire.goplugin.StdioData.Channel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StdioBufferTest {

    private final StdioBuffer buffer = new StdioBuffer();

    private String drained() {
        StringBuilder text = new StringBuilder();
        for (Optional<StdioData> chunk = buffer.next(); chunk.isPresent(); chunk = buffer.next()) {
            assertThat(chunk.get().getData().size()).isLessThanOrEqualTo(1024);
            text.append(chunk.get().getData().toStringUtf8());
        }
        return text.toString();
    }

    @Test
    void keepsBytesAndTheirOrder() throws IOException {
        String text = "x".repeat(5_000) + "\nend";
        try (OutputStream stream = buffer.stream(Channel.STDOUT)) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        }

        assertThat(drained()).isEqualTo(text);
    }

    @Test
    void withoutAReaderTheOldestMakesWay() throws IOException {
        try (OutputStream stream = buffer.stream(Channel.STDERR)) {
            stream.write("old".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 2_000; i++) {
                stream.write(new byte[1024]);
            }
            stream.write("new".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(drained()).endsWith("new").doesNotContain("old");
    }

    @Test
    void endsOnceEverythingHasBeenRead() throws IOException {
        try (OutputStream stream = buffer.stream(Channel.STDOUT)) {
            stream.write('x');
        }
        buffer.end();

        assertThat(buffer.hasEnded()).isFalse();
        assertThat(drained()).isEqualTo("x");
        assertThat(buffer.hasEnded()).isTrue();
    }
}

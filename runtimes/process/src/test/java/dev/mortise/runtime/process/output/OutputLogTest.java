package dev.mortise.runtime.process.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.runtime.process.fixture.RecordedLog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutputLogTest {

    private final RecordedLog log = new RecordedLog();
    private final AtomicLong now = new AtomicLong();
    private final OutputLog output = new OutputLog(log, now::get);

    private void write(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        output.write(OutputChannel.STDERR, bytes, bytes.length);
    }

    @Test
    void putsLinesTogetherWhereverTheyWereCut() {
        write("[INFO] o");
        write("ne\n[ERROR] two\r\nthr");
        assertThat(log.lines()).containsExactly("INFO one", "ERROR two");

        output.end();
        assertThat(log.lines()).containsExactly("INFO one", "ERROR two", "DEBUG thr");
    }

    @Test
    void readsStructuredLinesAsTheyWereMeant() {
        write(
                "{\"@level\":\"warn\",\"@message\":\"hot\",\"@module\":\"oven\",\"@timestamp\":\"2026-01-01T00:00:00.000000Z\","
                        + "\"celsius\":250,\"where\":\"the kitchen\",\"empty\":\"\"}\n");

        assertThat(log.lines())
                .containsExactly("WARNING hot: module=oven celsius=250 where=\"the kitchen\" empty=\"\""
                        + " timestamp=2026-01-01T00:00:00.000000Z");
    }

    @Test
    void everythingAfterAPanicIsAnErrorUnlessItSaysOtherwise() {
        write("before\npanic: oh\n\ngoroutine 1 [running]:\n[INFO] still here\nfatal\n");

        assertThat(log.lines())
                .containsExactly(
                        "DEBUG before",
                        "ERROR panic: oh",
                        "ERROR goroutine 1 [running]:",
                        "INFO still here",
                        "ERROR fatal");
    }

    @Test
    void aLineThatIsTooLongComesInPieces() {
        write("x".repeat(OutputLog.LONGEST_LINE) + "[ERROR] rest\nnext\n");

        assertThat(log.lines())
                .containsExactly("DEBUG " + "x".repeat(OutputLog.LONGEST_LINE), "DEBUG [ERROR] rest", "DEBUG next");
    }

    @Test
    void standardOutputIsInformation() {
        output.write(OutputChannel.STDOUT, "[ERROR] no\n".getBytes(StandardCharsets.UTF_8), 11);

        assertThat(log.lines()).containsExactly("INFO [ERROR] no");
    }

    @Test
    void aFloodIsCutAndCounted() {
        for (int i = 0; i < LineRate.LINES_PER_SECOND + 500; i++) {
            write("line\n");
        }
        assertThat(log.lines()).hasSize(LineRate.LINES_PER_SECOND);

        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        write("later\n");
        assertThat(log.lines())
                .endsWith("WARNING 500 log lines of the plugin were left out: more than 1000 a second", "DEBUG later");
    }

    /** Whatever comes, in whatever pieces: no byte of a line is lost, and nothing is thrown. */
    @Test
    void splitsAnythingWithoutLoss() {
        Random random = new Random(42);
        for (int round = 0; round < 500; round++) {
            byte[] bytes = new byte[random.nextInt(300)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (random.nextInt(5) == 0 ? '\n' : 'a' + random.nextInt(26));
            }
            List<String> lines = new ArrayList<>();
            StringBuilder joined = new StringBuilder();
            LineSplitter splitter = new LineSplitter(1 + random.nextInt(40), line -> {
                lines.add(line.text());
                joined.append(line.text());
            });
            for (int from = 0; from < bytes.length; ) {
                int length = Math.min(bytes.length - from, 1 + random.nextInt(50));
                byte[] piece = new byte[length];
                System.arraycopy(bytes, from, piece, 0, length);
                splitter.write(piece, length);
                from += length;
            }
            splitter.end();

            assertThat(joined).hasToString(new String(bytes, StandardCharsets.US_ASCII).replace("\n", ""));
        }
    }

    @Test
    void noLineIsTooStrangeForTheParser() {
        Random random = new Random(7);
        String[] parts = {
            "{",
            "}",
            "\"@message\"",
            "\"@level\"",
            "\"@timestamp\"",
            ":",
            ",",
            "5",
            "null",
            "\"info\"",
            "[",
            "]",
            "\\u0000",
            "\ud800",
            "panic: ",
            "[WARN]",
            " ",
            "e999999999",
            "\""
        };
        LogLineParser parser = new LogLineParser();
        for (int round = 0; round < 20_000; round++) {
            StringBuilder line = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                line.append(parts[random.nextInt(parts.length)]);
            }
            LogRecord entry = parser.parse(new LineSplitter.Line(line.toString(), random.nextBoolean()));

            assertThat(entry.text()).isNotNull();
        }
    }
}

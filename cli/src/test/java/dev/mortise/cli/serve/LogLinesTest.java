package dev.mortise.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogLinesTest {

    private final LogLines lines = new LogLines(ZoneOffset.UTC);

    @Test
    void tellsTimeLevelAndSourceOnOneLine() {
        assertThat(lines.format(record("dev.mortise.server.Listener", "listening")))
                .isEqualTo("2026-05-01 12:30:15.250 WARN  Listener: listening" + System.lineSeparator());
    }

    @Test
    void leavesPluginsLinesAsThePluginsLogMadeThem() {
        assertThat(lines.format(record("mortise.plugin.demo", "demo: here"))).contains(" WARN  demo: here");
    }

    @Test
    void keepsAMessageOfSeveralLinesOnOne() {
        assertThat(lines.format(record("x", "first\r\nsecond\tthird")))
                .contains("first | second third")
                .hasLineCount(1);
    }

    @Test
    void disarmsCodesThatWouldDoSomethingToATerminal() {
        assertThat(lines.format(record("x", "\u001b[2Jcleared\u0007"))).doesNotContain("\u001b", "\u0007");
    }

    @Test
    void tellsAFailureWithItsCausesOnTheSameLine() {
        LogRecord record = record("x", "it broke");
        record.setThrown(new IllegalStateException("outer", new RuntimeException("inner\nmore")));

        String line = lines.format(record);

        assertThat(line)
                .contains("it broke | java.lang.IllegalStateException: outer < ")
                .contains(" | caused by java.lang.RuntimeException: inner | more < ")
                .hasLineCount(1);
    }

    private static LogRecord record(String logger, String message) {
        LogRecord record = new LogRecord(Level.WARNING, message);
        record.setLoggerName(logger);
        record.setInstant(Instant.parse("2026-05-01T12:30:15.250Z"));
        return record;
    }
}

package dev.mortise.runtime.process.output;

import java.lang.System.Logger.Level;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Writes to the host's log what a plugin writes: its standard error with the levels that it gave, its standard output as
 * INFO. Lines are bounded in length and number; what is left out is counted and said. Safe for use by several threads.
 */
public final class OutputLog implements OutputSink {

    /** In bytes; longer lines come in pieces. */
    public static final int LONGEST_LINE = 64 << 10;

    private final System.Logger log;
    private final LineRate rate;
    private final Map<OutputChannel, LineSplitter> splitters = new EnumMap<>(OutputChannel.class);
    private final LogLineParser parser = new LogLineParser();

    public OutputLog(System.Logger log) {
        this(log, System::nanoTime);
    }

    OutputLog(System.Logger log, LongSupplier nanoTime) {
        this.log = log;
        this.rate = new LineRate(nanoTime);
        splitters.put(
                OutputChannel.STDOUT,
                new LineSplitter(LONGEST_LINE, line -> write(new LogRecord(Level.INFO, line.text()))));
        splitters.put(OutputChannel.STDERR, new LineSplitter(LONGEST_LINE, line -> write(parser.parse(line))));
    }

    @Override
    public synchronized void write(OutputChannel channel, byte[] bytes, int length) {
        splitter(channel).write(bytes, length);
    }

    /** Writes out lines that the plugin has begun and not ended. */
    public synchronized void end() {
        splitters.values().forEach(LineSplitter::end);
    }

    private LineSplitter splitter(OutputChannel channel) {
        return Objects.requireNonNull(splitters.get(channel));
    }

    private void write(LogRecord entry) {
        if (entry.message().isBlank() && entry.fields().isEmpty() || !log.isLoggable(entry.level())) {
            return;
        }
        switch (rate.admit()) {
            case LineRate.Verdict.Refused _ -> {
                // Counted, and said with the next line that is let through.
            }
            case LineRate.Verdict.Admitted(long refused) -> {
                if (refused > 0) {
                    log.log(
                            Level.WARNING,
                            refused + " log lines of the plugin were left out: more than " + LineRate.LINES_PER_SECOND
                                    + " a second");
                }
                log.log(entry.level(), entry.text());
            }
        }
    }
}

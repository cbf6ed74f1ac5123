package dev.mortise.cli.serve;

import java.io.PrintStream;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The host's log: one line a record on the error stream, for a person to read and for a journal to collect. */
final class LogLines extends Formatter {

    private static final int SHOWN_FRAMES = 12;
    private static final String PLUGINS = "mortise.plugin.";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    private final ZoneId zone;

    LogLines(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * Makes the platform's logging write these lines.
     *
     * @param level of Mortise and its plugins; of libraries only warnings are shown
     * @return loggers that must be kept for as long as their levels are to last
     */
    static List<Logger> configure(PrintStream err, ZoneId zone, Level level) {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.addHandler(new Lines(err, new LogLines(zone)));
        root.setLevel(Level.WARNING);
        Logger own = Logger.getLogger("dev.mortise");
        own.setLevel(level);
        Logger plugins = Logger.getLogger("mortise");
        plugins.setLevel(level);
        return List.of(root, own, plugins);
    }

    @Override
    public String format(LogRecord record) {
        StringBuilder line = new StringBuilder(120)
                .append(TIME.format(record.getInstant().atZone(zone)))
                .append(' ')
                .append(word(record.getLevel()))
                .append(' ')
                .append(source(String.valueOf(record.getLoggerName())));
        appendPrintable(line, formatMessage(record));
        appendThrown(line, record.getThrown());
        return line.append(System.lineSeparator()).toString();
    }

    private static String word(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (value >= Level.WARNING.intValue()) {
            return "WARN ";
        }
        return value >= Level.INFO.intValue() ? "INFO " : "DEBUG";
    }

    /** The simple name of the class that logs; a plugin's lines begin with its id already. */
    private static String source(String logger) {
        return logger.startsWith(PLUGINS) ? "" : logger.substring(logger.lastIndexOf('.') + 1) + ": ";
    }

    /** On one line, and without codes that would do something to a terminal. */
    private static void appendPrintable(StringBuilder line, String text) {
        text.codePoints().forEach(c -> {
            if (c == '\n') {
                line.append(" | ");
            } else if (c == '\t') {
                line.append(' ');
            } else if (c != '\r') {
                line.appendCodePoint(Character.isISOControl(c) ? 0xFFFD : c);
            }
        });
    }

    private static void appendThrown(StringBuilder line, @Nullable Throwable thrown) {
        int causes = 0;
        for (Throwable cause = thrown; cause != null && causes < 4; cause = cause.getCause(), causes++) {
            line.append(causes == 0 ? " | " : " | caused by ");
            appendPrintable(line, cause.toString());
            StackTraceElement[] frames = cause.getStackTrace();
            for (int i = 0; i < frames.length && i < SHOWN_FRAMES; i++) {
                line.append(" < ").append(frames[i]);
            }
        }
    }

    /** Writes each line at once. */
    private static final class Lines extends Handler {

        private final PrintStream err;

        Lines(PrintStream err, Formatter formatter) {
            this.err = err;
            setFormatter(formatter);
        }

        @Override
        public void publish(LogRecord record) {
            if (isLoggable(record)) {
                err.print(getFormatter().format(record));
            }
        }

        @Override
        public void flush() {
            err.flush();
        }

        @Override
        public void close() {
            flush();
        }
    }
}

package dev.mortise.runtime.process.sdk;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.text.MessageFormat;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** The plugin's log: one JSON line a record on the real standard error, as hosts of the protocol read it. */
final class PluginLog implements System.Logger {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSXXX");

    private final PrintStream error;
    private final String name;

    PluginLog(PrintStream error, String name) {
        this.error = error;
        this.name = name;
    }

    @Override
    public String getName() {
        return name;
    }

    /** What is shown is the host's decision. */
    @Override
    public boolean isLoggable(Level level) {
        return level != Level.OFF;
    }

    @Override
    public void log(Level level, @Nullable ResourceBundle bundle, @Nullable String text, @Nullable Throwable thrown) {
        write(level, translated(bundle, text), thrown);
    }

    @Override
    public void log(Level level, @Nullable ResourceBundle bundle, @Nullable String text, @Nullable Object... values) {
        String pattern = translated(bundle, text);
        write(level, values == null || values.length == 0 ? pattern : MessageFormat.format(pattern, values), null);
    }

    private static String translated(@Nullable ResourceBundle bundle, @Nullable String text) {
        return bundle != null && text != null && bundle.containsKey(text)
                ? bundle.getString(text)
                : String.valueOf(text);
    }

    private void write(Level level, String text, @Nullable Throwable thrown) {
        StringWriter line = new StringWriter();
        try (JsonWriter json = new JsonWriter(line)) {
            json.beginObject();
            json.name("@level").value(label(level));
            json.name("@message").value(text);
            json.name("@module").value(name);
            json.name("@timestamp").value(TIME.format(OffsetDateTime.now(ZoneOffset.UTC)));
            if (thrown != null) {
                json.name("error").value(thrown.toString());
            }
            json.endObject();
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory cannot fail", e);
        }
        error.print(line.append('\n'));
        error.flush();
    }

    private static String label(Level level) {
        return level == Level.WARNING ? "warn" : level.name().toLowerCase(Locale.ROOT);
    }
}

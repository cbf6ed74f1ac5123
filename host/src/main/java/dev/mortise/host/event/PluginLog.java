package dev.mortise.host.event;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.HostEvent;
import dev.mortise.host.model.PluginId;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.text.MessageFormat;
import java.time.InstantSource;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * One plugin's log. Its lines become events and lines of the host's own log under {@code mortise.plugin.<id>}; they are
 * cut at 8 KiB, and a plugin that writes more than 500 a second loses the rest of them, with a line that says how many.
 */
public final class PluginLog implements System.Logger {

    private static final int MAX_CHARACTERS = 8 * 1024;
    private static final int MAX_LINES_A_SECOND = 500;

    private final PluginId plugin;
    private final EventBus bus;
    private final InstantSource clock;
    private final System.Logger host;
    private long second;
    private int written;
    private long suppressed;

    public PluginLog(PluginId plugin, EventBus bus, InstantSource clock) {
        this.plugin = plugin;
        this.bus = bus;
        this.clock = clock;
        host = System.getLogger("mortise.plugin." + plugin);
    }

    @Override
    public String getName() {
        return plugin.value();
    }

    @Override
    public boolean isLoggable(Level level) {
        return level != Level.OFF && level.getSeverity() >= Level.DEBUG.getSeverity();
    }

    @Override
    public void log(
            Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
        if (isLoggable(level)) {
            // Text at once: a Throwable that is kept would keep the plugin's classes.
            write(level, thrown == null ? String.valueOf(message) : message + "\n" + stackTrace(thrown));
        }
    }

    @Override
    public void log(
            Level level,
            @Nullable ResourceBundle bundle,
            @Nullable String format,
            @Nullable Object @Nullable ... params) {
        if (isLoggable(level)) {
            String text = String.valueOf(format);
            write(level, params == null || params.length == 0 ? text : MessageFormat.format(text, params));
        }
    }

    private void write(Level level, String text) {
        long lost = admit();
        if (lost < 0) {
            return;
        }
        if (lost > 0) {
            emit(
                    Level.WARNING,
                    lost + " lines of this plugin's log were dropped: more than " + MAX_LINES_A_SECOND
                            + " in a second");
        }
        emit(level, text.length() > MAX_CHARACTERS ? text.substring(0, MAX_CHARACTERS) + " … cut" : text);
    }

    /** @return -1 to drop this line, else how many were dropped before it and not reported yet */
    private synchronized long admit() {
        long now = clock.instant().getEpochSecond();
        if (now != second) {
            second = now;
            written = 0;
        }
        if (++written > MAX_LINES_A_SECOND) {
            suppressed++;
            return -1;
        }
        long lost = suppressed;
        suppressed = 0;
        return lost;
    }

    private void emit(Level level, String text) {
        bus.emit(
                HostEvent.Kind.LOG,
                "log",
                plugin.value(),
                JsonObject.of("level", level.getName().toLowerCase(Locale.ROOT)).with("message", text));
        host.log(level, () -> plugin + ": " + text);
    }

    private static String stackTrace(Throwable thrown) {
        StringWriter out = new StringWriter();
        thrown.printStackTrace(new PrintWriter(out));
        return out.toString();
    }
}

package dev.mortise.cli.output;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.cli.Shell;
import dev.mortise.host.json.JsonCodec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.function.Consumer;

/** Shows the result of a command, as text or as JSON. */
public final class Output {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final Shell shell;
    private final boolean json;

    public Output(Shell shell, boolean json) {
        this.shell = shell;
        this.json = json;
    }

    /** Shows the host's answer: itself where JSON is wanted, and as the view says otherwise. */
    public void show(JsonObject answer, Consumer<JsonObject> view) {
        if (json) {
            shell.out().println(answer);
        } else {
            view.accept(answer);
        }
    }

    /** Whether JSON is wanted; a command that shows it itself prints one value a line. */
    public boolean json() {
        return json;
    }

    public void line(String text) {
        shell.out().println(printable(text));
    }

    /** A hint or warning, which is no part of the result. */
    public void note(String text) {
        if (!json) {
            shell.err().println(printable(text));
        }
    }

    public void pretty(JsonValue value) {
        shell.out().println(JsonCodec.STANDARD.pretty(value).stripTrailing());
    }

    public void table(Table table) {
        table.lines(shell.colours()).forEach(shell.out()::println);
    }

    /** Without escape codes and other control characters, which a plugin could put into its texts. */
    public static String printable(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.isISOControl(c) && c != '\n' && c != '\t' ? 0xFFFD : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    /** A point in time of the host's, in the zone of the person. */
    public String time(String iso) {
        try {
            return TIME.format(Instant.parse(iso).atZone(shell.zone()));
        } catch (DateTimeParseException e) {
            return iso;
        }
    }

    /** Asks on the terminal; only a clear yes is one. */
    public boolean confirmed(String question) {
        shell.err().print(question + " [y/N] ");
        shell.err().flush();
        try {
            String answer = new BufferedReader(new InputStreamReader(shell.in(), StandardCharsets.UTF_8)).readLine();
            return answer != null
                    && (answer.strip().equalsIgnoreCase("y") || answer.strip().equalsIgnoreCase("yes"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

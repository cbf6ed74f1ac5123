package dev.mortise.host.guard;

import dev.mortise.api.FunctionException;
import dev.mortise.api.json.JsonObject;
import dev.mortise.host.spi.PluginUnavailableException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a plugin threw into text. Reading a message may run the plugin's own code, which may throw, block or
 * return anything: so this happens while the call's deadline is still watched.
 */
final class FaultReport {

    private static final int MESSAGE_LENGTH = 500;
    private static final int EXPECTED_MESSAGE_LENGTH = 4_000;
    private static final int NAME_LENGTH = 200;
    private static final String UNREADABLE = "(its message cannot be read)";

    private FaultReport() {}

    /** What to tell of a fault of the plugin. */
    static CallFailure fault(Callee callee, Throwable thrown) {
        return new CallFailure.Threw(
                callee,
                FaultKind.of(thrown),
                printable(thrown.getClass().getName(), NAME_LENGTH),
                contained(() -> printable(thrown.getMessage(), MESSAGE_LENGTH), UNREADABLE),
                contained(() -> place(thrown), ""));
    }

    /** What to tell of a failure that the author foresaw. The exception's class is the host's, so it is what it says. */
    @SuppressWarnings("ConstantValue") // Authors compile without our null checks.
    static CallFailure expected(Callee callee, FunctionException thrown) {
        @Nullable String code = thrown.code();
        @Nullable JsonObject details = thrown.details();
        return new CallFailure.Expected(
                callee,
                code == null || code.isBlank() ? "failed" : printable(code, NAME_LENGTH),
                printable(thrown.getMessage(), EXPECTED_MESSAGE_LENGTH),
                details == null ? JsonObject.EMPTY : details);
    }

    /** What the runtime says about a plugin that is not there. */
    static CallFailure down(Callee callee, PluginUnavailableException thrown) {
        return new CallFailure.Down(callee, printable(thrown.getMessage(), EXPECTED_MESSAGE_LENGTH));
    }

    private static String place(Throwable thrown) {
        StackTraceElement[] frames = thrown.getStackTrace();
        return frames.length == 0 ? "" : printable(StackPlace.of(frames), NAME_LENGTH);
    }

    private static String contained(Supplier<String> text, String otherwise) {
        try {
            return text.get();
        } catch (Throwable hostile) {
            // Whatever it is, the plugin threw it while it was asked about something else that it threw.
            return otherwise;
        }
    }

    /** At most so many characters, control characters replaced; looks at no more of the text than it returns. */
    private static String printable(@Nullable String text, int length) {
        if (text == null) {
            return "";
        }
        boolean whole = text.length() <= length;
        StringBuilder shown = new StringBuilder(Math.min(text.length(), length) + 1);
        for (int i = 0; i < Math.min(text.length(), whole ? length : length - 1); i++) {
            char c = text.charAt(i);
            shown.append(Character.isISOControl(c) ? ' ' : c);
        }
        return whole ? shown.toString() : shown.append('…').toString();
    }
}

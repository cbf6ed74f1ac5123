package dev.mortise.server.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code traceparent} header of W3C Trace Context, level 1, section 3.2. */
public final class TraceParent {

    private static final Pattern FORM =
            Pattern.compile("(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?");
    private static final Pattern ZEROS = Pattern.compile("0+");

    private TraceParent() {}

    /** The trace's id; nothing if the header is not valid, which is to be ignored and not refused. */
    public static Optional<String> traceId(String header) {
        Matcher matcher = FORM.matcher(header);
        return matcher.matches() && !isZero(matcher.group(1)) && !isZero(matcher.group(2))
                ? Optional.of(matcher.group(1))
                : Optional.empty();
    }

    private static boolean isZero(String digits) {
        return ZEROS.matcher(digits).matches();
    }
}

package dev.mortise.plugin.jsontext;

import java.util.Locale;

/** What was wrong with a text that is almost JSON, and has been put right. */
public enum Repair {
    /** It stood in a Markdown code fence. */
    CODE_FENCE,
    /** Other text stood before or after it. */
    SURROUNDING_TEXT,
    COMMENT,
    TRAILING_COMMA,
    /** Strings stood in single or typographic quotes. */
    WRONG_QUOTES,
    UNQUOTED_KEY,
    /** {@code True}, {@code False} or {@code None}. */
    PYTHON_LITERAL,
    /** A line break or tab stood in a string as it is. */
    RAW_CONTROL_CHARACTER,
    /** A backslash stood before a character that needs none; it is kept as a backslash. */
    INVALID_ESCAPE,
    /** A string, an array or an object was not closed; a member without a value has been left out. */
    UNCLOSED;

    /** For metadata and logs. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

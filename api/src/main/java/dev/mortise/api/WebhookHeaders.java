package dev.mortise.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The headers of a request or of a reply. Immutable; names are the same in upper and in lower case. */
public final class WebhookHeaders {

    public static final WebhookHeaders NONE = new WebhookHeaders(new TreeMap<>(String.CASE_INSENSITIVE_ORDER));

    /** How many values there may be, of all headers together. */
    public static final int MOST_VALUES = 100;

    /** How many characters names and values may have together. */
    public static final int MOST_CHARACTERS = 32 << 10;

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private final Map<String, List<String>> values;

    private WebhookHeaders(Map<String, List<String>> values) {
        this.values = Collections.unmodifiableMap(values);
        int count = 0;
        int characters = 0;
        for (Map.Entry<String, List<String>> header : values.entrySet()) {
            for (String value : header.getValue()) {
                count++;
                characters += header.getKey().length() + value.length();
            }
        }
        if (count > MOST_VALUES || characters > MOST_CHARACTERS) {
            throw new IllegalArgumentException("there are too many headers: at most " + MOST_VALUES + " values and "
                    + MOST_CHARACTERS + " characters, not " + count + " and " + characters);
        }
    }

    /** @throws IllegalArgumentException as {@link #with} does */
    public static WebhookHeaders of(Map<String, List<String>> values) {
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        values.forEach((name, list) -> list.forEach(value -> add(copy, name, value)));
        return copy.isEmpty() ? NONE : new WebhookHeaders(copy);
    }

    /**
     * The same headers and one value more.
     *
     * @throws IllegalArgumentException if that is no name or no value of a header, such as one with a line break, or if
     *     there are too many
     */
    public WebhookHeaders with(String name, String value) {
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        values.forEach((present, list) -> copy.put(present, list));
        add(copy, name, value);
        return new WebhookHeaders(copy);
    }

    private static void add(Map<String, List<String>> values, String name, String value) {
        if (!isName(name)) {
            throw new IllegalArgumentException("'" + printable(name) + "' is no name of a header");
        }
        if (!isValue(value)) {
            throw new IllegalArgumentException("the header " + name
                    + " has a value that a header cannot have: control characters, such as line breaks, and characters"
                    + " above U+00FF do not belong there");
        }
        List<String> list = new ArrayList<>(values.getOrDefault(name, List.of()));
        list.add(value);
        values.put(name, List.copyOf(list));
    }

    /** Whether a header may be called that: an RFC 9110 token. */
    public static boolean isName(String name) {
        return !name.isEmpty() && name.length() <= 200 && name.chars().allMatch(WebhookHeaders::isOfToken);
    }

    /** Whether a header may have that value: no control characters but the tabulator, and nothing above U+00FF. */
    public static boolean isValue(String value) {
        return value.chars().allMatch(c -> c == '\t' || c >= 0x20 && c <= 0x7E || c >= 0xA0 && c <= 0xFF);
    }

    static boolean isOfToken(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || TOKEN_MARKS.indexOf(c) >= 0;
    }

    private static String printable(String text) {
        String start = text.length() > 40 ? text.substring(0, 40) + "…" : text;
        return start.replaceAll("\\p{Cntrl}", "?");
    }

    /** The header's first value. */
    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /** The header's values in their order; none if there is no such header. */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** All of them; the map's keys are the same in upper and in lower case. */
    public Map<String, List<String>> asMap() {
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WebhookHeaders headers && headers.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.entrySet().stream()
                .mapToInt(header -> header.getKey().toLowerCase(Locale.ROOT).hashCode()
                        ^ header.getValue().hashCode())
                .sum();
    }

    /** Names only: values may be secrets. */
    @Override
    public String toString() {
        return values.keySet().toString();
    }
}

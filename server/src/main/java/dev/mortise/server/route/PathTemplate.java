package dev.mortise.server.route;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path in which segments such as {@code {id}} stand for any one segment.
 *
 * @param open whether any more segments may follow
 */
public record PathTemplate(String text, List<String> segments, boolean open) {

    private static final String REST = "path";

    public static PathTemplate of(String text) {
        return new PathTemplate(text, List.of(text.substring(1).split("/", -1)), false);
    }

    /** @param text the part before whatever follows, which the API's document calls {@code {path}} */
    public static PathTemplate below(String text) {
        return new PathTemplate(
                text + "/{" + REST + "}", List.of(text.substring(1).split("/", -1)), true);
    }

    /** Returns the values of the variables, or nothing if the path is another. */
    Optional<Map<String, String>> match(List<String> path) {
        if (open ? path.size() < segments.size() : path.size() != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            String expected = segments.get(i);
            if (isVariable(expected)) {
                values.put(expected.substring(1, expected.length() - 1), path.get(i));
            } else if (!expected.equals(path.get(i))) {
                return Optional.empty();
            }
        }
        if (open) {
            values.put(REST, String.join("/", path.subList(segments.size(), path.size())));
        }
        return Optional.of(values);
    }

    /** How many segments are given; of two paths that match, the one with more of them is meant. */
    long literals() {
        return segments.stream().filter(segment -> !isVariable(segment)).count();
    }

    boolean startsWith(String segment) {
        return segments.getFirst().equals(segment);
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{");
    }

    @Override
    public String toString() {
        return text;
    }
}

package dev.mortise.plugin.piimasker;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Masks the texts of one request: the same value has the same placeholder throughout. */
final class Masking {

    private final Detectors detectors;
    private final Placeholders placeholders;
    private final Map<String, String> placeholderByValue = new HashMap<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();

    Masking(Detectors detectors, Placeholders placeholders) {
        this.detectors = detectors;
        this.placeholders = placeholders;
    }

    String mask(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int copied = 0;
        for (Detectors.Finding finding : detectors.find(text)) {
            String value = text.substring(finding.start(), finding.end());
            out.append(text, copied, finding.start()).append(placeholder(finding.type(), value));
            copied = finding.end();
        }
        return copied == 0 ? text : out.append(text, copied, text.length()).toString();
    }

    private String placeholder(PiiType type, String value) {
        return placeholderByValue.computeIfAbsent(value, _ -> {
            counts.merge(type.label(), 1, Integer::sum);
            return placeholders.next(type);
        });
    }

    boolean isUnneeded() {
        return placeholderByValue.isEmpty();
    }

    /** How many different values there were, by kind. */
    Map<String, Integer> counts() {
        return counts;
    }

    /** What stands behind each placeholder. */
    Map<String, String> values() {
        Map<String, String> values = new HashMap<>();
        placeholderByValue.forEach((value, placeholder) -> values.put(placeholder, value));
        return Map.copyOf(values);
    }
}

package dev.mortise.plugin.piimasker;

import java.util.EnumMap;
import java.util.Map;

/** Names for what is masked, such as {@code [EMAIL_1]}: numbered by kind, and none that the prompt already holds. */
final class Placeholders {

    private static final int MOST_DIGITS = 6;

    private final Map<PiiType, Integer> used;

    private Placeholders(Map<PiiType, Integer> used) {
        this.used = used;
    }

    /** @param prompt whatever may hold placeholders of its own */
    static Placeholders free(String prompt) {
        Map<PiiType, Integer> used = new EnumMap<>(PiiType.class);
        for (PiiType type : PiiType.values()) {
            String opening = "[" + type.name() + "_";
            for (int at = prompt.indexOf(opening); at >= 0; at = prompt.indexOf(opening, at + 1)) {
                used.merge(type, number(prompt, at + opening.length()), Math::max);
            }
        }
        return new Placeholders(used);
    }

    private static int number(String text, int from) {
        int number = 0;
        for (int at = from; at < from + MOST_DIGITS && Characters.isDigitAt(text, at); at++) {
            number = number * 10 + text.charAt(at) - '0';
        }
        return number;
    }

    String next(PiiType type) {
        return "[" + type.name() + "_" + used.merge(type, 1, Integer::sum) + "]";
    }
}

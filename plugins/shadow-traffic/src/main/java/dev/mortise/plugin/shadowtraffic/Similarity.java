package dev.mortise.plugin.shadowtraffic;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How alike two texts are: the share of their words that both use, from 0 to 1. */
final class Similarity {

    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final int DECIMALS = 3;

    private Similarity() {}

    static BigDecimal of(String one, String other) {
        Set<String> ofOne = words(one);
        Set<String> ofOther = words(other);
        Set<String> all = new HashSet<>(ofOne);
        all.addAll(ofOther);
        if (all.isEmpty()) {
            return BigDecimal.ONE;
        }
        ofOne.retainAll(ofOther);
        return BigDecimal.valueOf(ofOne.size())
                .divide(BigDecimal.valueOf(all.size()), DECIMALS, RoundingMode.HALF_EVEN);
    }

    private static Set<String> words(String text) {
        return NO_WORD.splitAsStream(text.toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(HashSet::new));
    }
}

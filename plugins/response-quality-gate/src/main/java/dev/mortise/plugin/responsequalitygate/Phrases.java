package dev.mortise.plugin.responsequalitygate;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How models refuse and apologise, in English. */
final class Phrases {

    private static final List<Pattern> REFUSALS = patterns(
            "I (?:can ?not|can['\u2019]t|won['\u2019]t|will not|am unable to)",
            "as an AI",
            "I(?:['\u2019]m| am) (?:(?:just|only) )?an? (?:AI|assistant|(?:large )?language model)",
            "I (?:do not|don['\u2019]t) have (?:access|the ability|the capability)",
            "not (?:able|allowed|permitted) to",
            "outside (?:of )?my (?:capabilities|scope)",
            "I (?:must |have to |need to )?(?:decline|refuse)",
            "(?:against|violates?) (?:my|our|the) (?:guidelines|policy|policies)");

    private static final List<Pattern> APOLOGIES =
            patterns("I apologi[sz]e", "I(?:['\u2019]m| am) (?:so |very )?sorry", "my apologies");

    private static final Pattern SENTENCE_END = Pattern.compile("[.!?]+");

    private static final int FEW_SENTENCES = 2;

    private Phrases() {}

    private static List<Pattern> patterns(String... phrases) {
        return Stream.of(phrases)
                .map(phrase -> Pattern.compile("\\b" + phrase + "\\b", Pattern.CASE_INSENSITIVE))
                .toList();
    }

    /** How many kinds of refusing phrases there are. */
    static int signsOfRefusal(String text) {
        return (int)
                REFUSALS.stream().filter(phrase -> phrase.matcher(text).find()).count();
    }

    /** Whether it apologises and says hardly anything else. */
    static boolean isApologyOnly(String text) {
        return APOLOGIES.stream().anyMatch(phrase -> phrase.matcher(text).find())
                && SENTENCE_END
                                .splitAsStream(text)
                                .filter(sentence -> !sentence.isBlank())
                                .limit(FEW_SENTENCES + 1L)
                                .count()
                        <= FEW_SENTENCES;
    }
}

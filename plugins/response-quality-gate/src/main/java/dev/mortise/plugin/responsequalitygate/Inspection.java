package dev.mortise.plugin.responsequalitygate;

import java.util.EnumSet;
import java.util.Set;

/** Finds out what is wrong with a response. */
final class Inspection {

    /** Shorter texts often end without a full stop. */
    private static final int SENTENCE_CHARACTERS = 50;

    private static final String ENDINGS = ".!?:;\"')]}`\u201d\u2019\u00bb\u2026\u3002\uff01\uff1f";

    private final Settings settings;

    Inspection(Settings settings) {
        this.settings = settings;
    }

    Set<Issue> of(Exchange exchange) {
        EnumSet<Issue> issues = EnumSet.noneOf(Issue.class);
        String content = exchange.content();
        if (exchange.callsTools()) {
            return issues;
        }
        if (content.isEmpty()) {
            issues.add(Issue.EMPTY_RESPONSE);
            return issues;
        }
        if (content.length() < settings.minLength() && !exchange.isTrivial()) {
            issues.add(Issue.TOO_SHORT);
        }
        if (Phrases.signsOfRefusal(content) >= settings.refusalThreshold()) {
            issues.add(Issue.SAFETY_REFUSAL);
        }
        if (Phrases.isApologyOnly(content)) {
            issues.add(Issue.APOLOGY_ONLY);
        }
        if (settings.checkTruncation() && (exchange.isCutOff() || endsInMidSentence(content))) {
            issues.add(Issue.TRUNCATED);
        }
        return issues;
    }

    private static boolean endsInMidSentence(String content) {
        return content.length() >= SENTENCE_CHARACTERS && ENDINGS.indexOf(content.charAt(content.length() - 1)) < 0;
    }
}

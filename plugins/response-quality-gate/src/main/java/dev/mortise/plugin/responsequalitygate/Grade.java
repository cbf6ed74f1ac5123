package dev.mortise.plugin.responsequalitygate;

import java.util.Locale;
import java.util.Set;

/** How good a response is, by the worst that is wrong with it. */
enum Grade {
    OK(1),
    DEGRADED(0.5),
    REFUSED(0.2),
    FAILED(0);

    private final double score;

    Grade(double score) {
        this.score = score;
    }

    static Grade of(Set<Issue> issues) {
        if (issues.isEmpty()) {
            return OK;
        }
        if (issues.contains(Issue.EMPTY_RESPONSE)) {
            return FAILED;
        }
        return issues.contains(Issue.SAFETY_REFUSAL) ? REFUSED : DEGRADED;
    }

    double score() {
        return score;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

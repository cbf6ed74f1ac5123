package dev.mortise.plugin.piimasker;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds all personal data of the configured kinds in a text. */
final class Detectors {

    /** A piece of personal data in a text. */
    record Finding(PiiType type, int start, int end) {}

    private final List<PiiType> types;

    /** @param types the one that counts where several fit comes first */
    Detectors(List<PiiType> types) {
        this.types = List.copyOf(types);
    }

    /** In the order of the text, without overlaps. */
    List<Finding> find(String text) {
        List<Finding> findings = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            Finding finding = Characters.beginsWord(text, at) ? at(text, at) : null;
            if (finding == null) {
                at++;
            } else {
                findings.add(finding);
                at = finding.end();
            }
        }
        return findings;
    }

    private @Nullable Finding at(String text, int start) {
        for (PiiType type : types) {
            int end = type.detector().end(text, start);
            if (end > start) {
                return new Finding(type, start, end);
            }
        }
        return null;
    }
}

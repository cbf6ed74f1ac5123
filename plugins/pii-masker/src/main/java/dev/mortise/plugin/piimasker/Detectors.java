package dev.mortise.plugin.piimasker;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds all personal data of the configured kinds in a text. */
final class Detectors {

    /** A piece of personal data in a text. */
    record Finding(PiiType type, int start, int end) {}

    /** In the order of the types: where several fit, the first one counts. */
    private final Map<PiiType, Detector> byType = new EnumMap<>(PiiType.class);

    Detectors(List<PiiType> types) {
        types.forEach(type -> byType.put(type, type.detector()));
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
        for (var candidate : byType.entrySet()) {
            int end = candidate.getValue().end(text, start);
            if (end > start) {
                return new Finding(candidate.getKey(), start, end);
            }
        }
        return null;
    }
}

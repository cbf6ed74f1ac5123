package dev.mortise.plugin.latencyslaguard;

import java.util.List;

/** Whether a request kept to its targets, and which ones it missed. */
record Verdict(Status status, List<String> violations) {

    Verdict {
        violations = List.copyOf(violations);
    }
}

package dev.mortise.plugin.promptcompressor;

import dev.mortise.api.Param;
import java.util.List;

/** The configuration, as the manifest describes it; all numbers are of lines. */
record Settings(
        String mode,
        @Param("min_lines") int minLines,
        @Param("head_lines") int headLines,
        @Param("tail_lines") int tailLines,
        @Param("tail_error_lines") int tailErrorLines,
        @Param("truncate_threshold") int truncateThreshold) {

    /** Whether lines of this text may be left out, and not only repetitions of lines. */
    boolean mayLeaveOut(List<String> lines) {
        return switch (mode) {
            case "aggressive" -> true;
            case "auto" -> LogLikeness.of(lines);
            default -> false;
        };
    }
}

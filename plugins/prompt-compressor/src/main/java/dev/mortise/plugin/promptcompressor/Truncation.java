package dev.mortise.plugin.promptcompressor;

import java.util.ArrayList;
import java.util.List;

/** Leaves out the middle of a long log. Errors tend to stand at its end, so more of the end stays if there are any. */
final class Truncation {

    private final Settings settings;

    Truncation(Settings settings) {
        this.settings = settings;
    }

    List<String> of(List<String> lines) {
        int head = settings.headLines();
        int tail = lines.stream().anyMatch(ErrorSignal::in) ? settings.tailErrorLines() : settings.tailLines();
        int total = lines.size();
        if (total <= settings.truncateThreshold() || total <= head + tail) {
            return lines;
        }
        List<String> out = new ArrayList<>(lines.subList(0, head));
        out.add(" ... (" + (total - head - tail) + " lines omitted) ...");
        out.addAll(lines.subList(total - tail, total));
        return out;
    }
}

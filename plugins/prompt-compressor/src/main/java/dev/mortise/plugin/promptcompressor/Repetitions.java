package dev.mortise.plugin.promptcompressor;

import java.util.ArrayList;
import java.util.List;

/** Writes lines that repeat each other once, with how many there were. */
final class Repetitions {

    /** A run of at least so many lines that only begin alike is shortened. */
    private static final int SHORTEST_RUN = 3;

    private Repetitions() {}

    /** @param similarToo whether lines count as repetitions that differ only behind their beginning */
    static List<String> collapsed(List<String> lines, boolean similarToo) {
        List<String> out = new ArrayList<>();
        int at = 0;
        while (at < lines.size()) {
            int same = endOfSame(lines, at);
            int similar = similarToo ? endOfSimilar(lines, at) : at + 1;
            if (similar > same && similar - at >= SHORTEST_RUN) {
                out.add(LineStart.of(lines.get(at)).text() + " ... (\u00d7" + (similar - at) + ")");
                at = similar;
            } else {
                boolean worthCounting = same - at > 1 && !lines.get(at).isBlank();
                out.add(worthCounting ? lines.get(at) + " (\u00d7" + (same - at) + ")" : lines.get(at));
                at = same;
            }
        }
        return out;
    }

    private static int endOfSame(List<String> lines, int from) {
        int end = from + 1;
        while (end < lines.size() && lines.get(end).equals(lines.get(from))) {
            end++;
        }
        return end;
    }

    private static int endOfSimilar(List<String> lines, int from) {
        LineStart start = LineStart.of(lines.get(from));
        int end = from + 1;
        while (!start.isTrivial() && end < lines.size() && start.isAlike(LineStart.of(lines.get(end)))) {
            end++;
        }
        return end;
    }
}

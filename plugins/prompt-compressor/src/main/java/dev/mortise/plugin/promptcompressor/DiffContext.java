package dev.mortise.plugin.promptcompressor;

import java.util.ArrayList;
import java.util.List;

/** Shortens what has not changed in unified diffs; what has changed stays, and so does all that is no diff. */
final class DiffContext {

    /** Shorter runs of unchanged lines stay whole. */
    private static final int LONGEST = 8;

    private static final int KEPT_ON_EACH_SIDE = 3;

    private final List<String> out = new ArrayList<>();
    private final List<String> unchanged = new ArrayList<>();
    private boolean inHunk;

    private DiffContext() {}

    static List<String> collapsed(List<String> lines) {
        DiffContext context = new DiffContext();
        lines.forEach(context::line);
        context.flush();
        return context.out;
    }

    static boolean isHunkHeader(String line) {
        return line.startsWith("@@ ") && line.indexOf("@@", 3) > 0;
    }

    private void line(String line) {
        if (inHunk && line.startsWith(" ")) {
            unchanged.add(line);
            return;
        }
        flush();
        inHunk = isHunkHeader(line) || (inHunk && belongsToHunk(line));
        out.add(line);
    }

    private static boolean belongsToHunk(String line) {
        return line.startsWith("+") || line.startsWith("-") || line.startsWith("\\");
    }

    private void flush() {
        int size = unchanged.size();
        if (size > LONGEST) {
            out.addAll(unchanged.subList(0, KEPT_ON_EACH_SIDE));
            out.add(" ... (" + (size - 2 * KEPT_ON_EACH_SIDE) + " unchanged diff lines) ...");
            out.addAll(unchanged.subList(size - KEPT_ON_EACH_SIDE, size));
        } else {
            out.addAll(unchanged);
        }
        unchanged.clear();
    }
}

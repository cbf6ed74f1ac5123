package dev.mortise.plugin.promptcompressor;

import java.util.ArrayList;
import java.util.List;

/** Leaves one of several blank lines in a row. */
final class BlankLines {

    private BlankLines() {}

    static List<String> squeezed(List<String> lines) {
        List<String> out = new ArrayList<>();
        boolean afterBlank = false;
        for (String line : lines) {
            if (!afterBlank || !line.isBlank()) {
                out.add(line);
            }
            afterBlank = line.isBlank();
        }
        return out;
    }
}

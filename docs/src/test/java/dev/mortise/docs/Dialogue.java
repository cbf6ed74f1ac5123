package dev.mortise.docs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is typed, and what is shown to come of it. */
record Dialogue(String typed, List<String> shown) {

    private static final String PROMPT = "$ ";

    static List<Dialogue> of(String block) {
        List<Dialogue> dialogues = new ArrayList<>();
        for (String line : block.lines().toList()) {
            if (line.startsWith(PROMPT)) {
                dialogues.add(new Dialogue(line.substring(PROMPT.length()), new ArrayList<>()));
            } else if (!dialogues.isEmpty() && dialogues.getLast().typed().endsWith("\\")) {
                Dialogue open = dialogues.removeLast();
                dialogues.add(new Dialogue(open.typed() + "\n" + line, open.shown()));
            } else if (!line.isBlank()) {
                if (dialogues.isEmpty()) {
                    throw new IllegalArgumentException(
                            "a console block begins with a line after '$ ', not with: " + line);
                }
                dialogues.getLast().shown().add(line);
            }
        }
        return dialogues;
    }

    /** The first shown line that the output lacks, after those before it. */
    Optional<String> firstMissingIn(List<String> output) {
        int from = 0;
        for (String line : shown) {
            Pattern pattern = pattern(line);
            int at = from;
            while (at < output.size()
                    && !pattern.matcher(output.get(at).strip()).matches()) {
                at++;
            }
            if (at == output.size()) {
                return Optional.of(line);
            }
            from = at + 1;
        }
        return Optional.empty();
    }

    private static Pattern pattern(String line) {
        return Pattern.compile(Arrays.stream(line.strip().split("…", -1))
                .map(part -> Arrays.stream(part.split("\\s+", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining("\\s+")))
                .collect(Collectors.joining(".*")));
    }
}

package dev.mortise.runtime.process.spawn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A plugin's variables, on their way to it past the programs that run before it and outside of its walls. Loaders and shells heed
 * some names, such as {@code LD_PRELOAD}, which would put the plugin's code into those programs: so for them each variable has a
 * name that means nothing, and gets its own when nothing but the plugin comes after. The values are in no command line, which
 * others may read.
 */
record StageVariables(List<String> names, Map<String, String> disguised) {

    private static final String DISGUISE = "MORTISE_SANDBOX_";
    /** Names that nobody else heeds. By them the programs before the plugin are known as its own, too. */
    private static final List<String> OURS = List.of("MORTISE_", "PLUGIN_");

    /** @param variables whose names are letters, digits and underscores */
    static StageVariables of(Map<String, String> variables) {
        List<String> names = new ArrayList<>();
        Map<String, String> disguised = new TreeMap<>();
        new TreeMap<>(variables).forEach((name, value) -> {
            if (OURS.stream().anyMatch(name::startsWith) && !name.startsWith(DISGUISE)) {
                disguised.put(name, value);
            } else {
                disguised.put(DISGUISE + names.size(), value);
                names.add(name);
            }
        });
        return new StageVariables(List.copyOf(names), disguised);
    }

    /** Lines for a shell: from here on each variable has its own name. */
    String restored() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            String own = names.get(i);
            String name = DISGUISE + i;
            lines.append(own).append("=$").append(name);
            lines.append("; export ").append(own);
            lines.append("; unset ").append(name).append('\n');
        }
        return lines.toString();
    }

    /** As {@code NAME=value}. */
    List<String> disguisedLines() {
        return disguised.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
    }
}

package dev.mortise.runtime.jvm.scan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a manifest must permit so that code may refer to something. */
sealed interface Requirement {

    /** @param text {@code free}, {@code never}, or permissions as in {@code read+network|listen} */
    static Requirement parse(String text) {
        return switch (text) {
            case "free" -> new Free();
            case "never" -> new Never();
            default ->
                new Needs(Pattern.compile("\\+")
                        .splitAsStream(text)
                        .map(Requirement::alternatives)
                        .toList());
        };
    }

    private static Set<Permission> alternatives(String text) {
        return Arrays.stream(text.split("\\|", -1))
                .map(name -> Permission.valueOf(name.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Permission.class)));
    }

    boolean isMetBy(Set<Permission> granted);

    /** Harmless. */
    record Free() implements Requirement {
        @Override
        public boolean isMetBy(Set<Permission> granted) {
            return true;
        }
    }

    /** No permission allows it in this runtime. */
    record Never() implements Requirement {
        @Override
        public boolean isMetBy(Set<Permission> granted) {
            return false;
        }
    }

    /** @param all of each set one permission is needed */
    record Needs(List<Set<Permission>> all) implements Requirement {

        public Needs {
            all = List.copyOf(all);
        }

        static Needs one(Permission permission) {
            return new Needs(List.of(Set.of(permission)));
        }

        @Override
        public boolean isMetBy(Set<Permission> granted) {
            return missing(granted).isEmpty();
        }

        List<Set<Permission>> missing(Set<Permission> granted) {
            List<Set<Permission>> missing = new ArrayList<>();
            for (Set<Permission> alternatives : all) {
                if (alternatives.stream().noneMatch(granted::contains)) {
                    missing.add(alternatives);
                }
            }
            return missing;
        }
    }
}

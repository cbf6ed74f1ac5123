package dev.mortise.runtime.jvm.scan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a manifest must permit so that code may refer to something. */
sealed interface Requirement {

    /** @param text {@code free}, {@code never}, or permissions as in {@code read+network|listen} */
    static Requirement parse(String text) {
        return switch (text) {
            case "free" -> new Free();
            case "never" -> new Never();
            default -> {
                List<Set<Permission>> all = new ArrayList<>();
                for (String alternatives : text.split("\\+", -1)) {
                    Set<Permission> any = EnumSet.noneOf(Permission.class);
                    for (String name : alternatives.split("\\|", -1)) {
                        any.add(Permission.valueOf(name.toUpperCase(Locale.ROOT)));
                    }
                    all.add(any);
                }
                yield new Needs(all);
            }
        };
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

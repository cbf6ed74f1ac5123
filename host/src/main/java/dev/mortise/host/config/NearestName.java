package dev.mortise.host.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what a mistyped name was meant to be. */
public final class NearestName {

    private static final int LONGEST = 64;

    private NearestName() {}

    /**
     * The known name that is closest to the unknown one, if it is close at all: a few letters differ, or only case and
     * separators do, or one begins with the other. Of equally close ones the first in alphabetical order.
     */
    public static Optional<String> of(String unknown, Collection<String> known) {
        String plain = plain(unknown);
        if (plain.isEmpty() || unknown.length() > LONGEST) {
            return Optional.empty();
        }
        return known.stream()
                .map(name -> new Candidate(name, distance(plain, plain(name))))
                .filter(candidate -> candidate.isCloseTo(plain))
                .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .map(Candidate::name);
    }

    /** A sentence's end that helps: the nearest name if there is one, else all of them. */
    public static String hint(String unknown, Collection<String> known) {
        return of(unknown, known)
                .map(name -> "; did you mean '" + name + "'?")
                .orElseGet(() -> known.isEmpty() ? "" : "; known are " + String.join(", ", known));
    }

    private record Candidate(String name, int distance) {

        boolean isCloseTo(String unknown) {
            String plain = plain(name);
            boolean oneBeginsTheOther = Math.min(plain.length(), unknown.length()) >= 3
                    && (plain.startsWith(unknown) || unknown.startsWith(plain));
            return oneBeginsTheOther || distance <= Math.max(1, unknown.length() / 3);
        }
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[_.\\- ]", "");
    }

    /** The number of letters to insert, drop, replace or swap with their neighbour. */
    private static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(last[j], row[j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[b.length()];
    }
}

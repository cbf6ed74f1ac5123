package dev.mortise.runtime.jvm.scan;

import java.util.regex.Pattern;

/** Names out of class files, which may hold anything. */
final class Names {

    private static final int LONGEST = 200;
    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\p{L}\\p{N}\\p{P}\\p{S} ]");

    private Names() {}

    /** On one line, and not too long. */
    static String printable(String name) {
        String clean = UNPRINTABLE.matcher(name).replaceAll("?");
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…";
    }
}

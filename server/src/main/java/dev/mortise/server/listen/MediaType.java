package dev.mortise.server.listen;

import java.util.Locale;
import java.util.Set;

/**
 * The type of a body, without its parameters.
 *
 * @param name such as {@code application/json}; the empty text where none was sent
 * @param utf8 whether it is UTF-8 or does not say
 */
record MediaType(String name, boolean utf8) {

    static final String JSON = "application/json";

    /** What archives are sent as. */
    static final Set<String> ARCHIVES = Set.of(
            "application/zip",
            "application/java-archive",
            "application/gzip",
            "application/x-gzip",
            "application/octet-stream");

    /** What curl says when it is given data and no type: with a token in a header of its own it can be let pass. */
    private static final String CURL = "application/x-www-form-urlencoded";

    static MediaType of(String header) {
        String[] parts = header.toLowerCase(Locale.ROOT).split(";", -1);
        boolean utf8 = true;
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.startsWith("charset=")) {
                String charset = parameter.substring("charset=".length()).replace("\"", "");
                utf8 = charset.equals("utf-8") || charset.equals("utf8") || charset.equals("us-ascii");
            }
        }
        return new MediaType(parts[0].strip(), utf8);
    }

    boolean isJson() {
        return utf8 && (name.isEmpty() || name.equals(JSON) || name.endsWith("+json") || name.equals(CURL));
    }

    boolean isArchive() {
        return ARCHIVES.contains(name);
    }
}

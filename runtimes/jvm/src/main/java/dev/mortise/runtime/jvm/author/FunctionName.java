package dev.mortise.runtime.jvm.author;

import java.util.regex.Pattern;

/** What a function may be called. A dot would be taken for the one between plugin and function. */
final class FunctionName {

    static final String RULE = "use a letter, then up to 63 letters, digits, '_' or '-'";

    private static final Pattern FORM = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

    private FunctionName() {}

    static boolean isValid(String name) {
        return FORM.matcher(name).matches();
    }
}

package dev.mortise.host.manifest;

import java.util.regex.Pattern;

/**
 * What a text in a manifest must look like. The manifest's JSON Schema says the same.
 *
 * @param description completes the sentence "it must be …"
 * @param longest in characters
 */
record Form(String description, int longest, Pattern pattern) {

    private static final String IDENTIFIER = "[A-Za-z_$][A-Za-z0-9_$]*";
    private static final String NAME = IDENTIFIER + "(?:\\." + IDENTIFIER + ")*";
    private static final String WITHOUT_CONTROLS = "[^\\x00-\\x1f\\x7f]";
    private static final String STEP = "(?!\\.{1,2}(?:/|\\z))[^/\\\\\\x00-\\x1f\\x7f]+";
    private static final String HOST_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?";
    private static final String VERSION_NUMBER = "(?:0|[1-9][0-9]{0,8})";
    private static final String LABELS = "[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*";
    private static final String PRE_RELEASE_PART = "(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)";
    private static final String PARTIAL_VERSION =
            VERSION_NUMBER + "(?:\\.(?:" + VERSION_NUMBER + "|[xX*])){0,2}(?:-" + LABELS + ")?(?:\\+" + LABELS + ")?";
    private static final String COMPARATOR = "(?:(?:\\^|~>?|[<>]=?|=) *)?" + PARTIAL_VERSION;
    private static final String COMPARATORS =
            "(?:\\*|" + PARTIAL_VERSION + " - " + PARTIAL_VERSION + "|" + COMPARATOR + "(?: +" + COMPARATOR + ")*)";

    static final Form ID = of(
            "a plugin id: a lower-case letter, then 1 to 63 lower-case letters, digits or hyphens",
            64,
            "[a-z][a-z0-9-]{1,63}");
    static final Form VERSION = of(
            "a semantic version such as 1.4.0 or 2.0.0-rc.1",
            128,
            VERSION_NUMBER + "(?:\\." + VERSION_NUMBER + "){2}(?:-" + PRE_RELEASE_PART + "(?:\\." + PRE_RELEASE_PART
                    + ")*)?(?:\\+" + LABELS + ")?");
    static final Form RANGE = of(
            "a version range such as ^1.2 or >=1.0.0 <3.0.0", 256, COMPARATORS + "(?: *\\|\\| *" + COMPARATORS + ")*");
    static final Form LINE = line(200);
    static final Form PROSE = prose(4_000);
    static final Form RUNTIME = of("the name of a runtime such as jvm or wasm", 32, "[a-z][a-z0-9-]*");
    static final Form ENTRY_POINT = of(
            "a path within the package such as lib/plugin.jar: relative, with / and without ..",
            500,
            "(?![A-Za-z]:)(?:\\./)?" + STEP + "(?:/" + STEP + ")*");
    static final Form CLASS_NAME = of("a class name such as com.example.MyPlugin", 300, NAME + "(?::" + NAME + ")?");
    static final Form JAVA_PACKAGE = of("the name of a Java package such as com.example.api", 300, NAME);
    static final Form JAVA_DEPENDENCY = of(
            "Maven coordinates such as com.example:library:1.2.3",
            300,
            "[A-Za-z0-9_.-]+(?::[A-Za-z0-9_.-]+){1,3}:[A-Za-z0-9_.+,\\[\\]()-]+");
    static final Form RING = of("the name of a ring such as pre_flight", 64, "[a-z][a-z0-9_]*");
    static final Form PREFIX = of(
            "a prefix such as /zigbee: a lower-case letter, then lower-case letters, digits or hyphens",
            64,
            "/?[a-z][a-z0-9-]*");
    static final Form SERVICE =
            of("the name of a service such as llm or com.example.Store", 200, "[A-Za-z][A-Za-z0-9_.$-]*");
    static final Form CONFIG_KEY =
            of("a key such as max_tokens: a letter, then letters, digits, _ . or -", 100, "[A-Za-z_][A-Za-z0-9_.-]*");
    static final Form NETWORK = of(
            "a host such as api.example.com, api.example.com:443, *.example.com or *",
            260,
            "(?:\\*|(?:\\*\\.)?" + HOST_LABEL + "(?:\\." + HOST_LABEL
                    + ")*|\\[[0-9A-Fa-f:.]+\\])(?::[1-9][0-9]{0,4})?");
    static final Form PORT = of("a port from 0 to 65535", 5, "0|[1-9][0-9]{0,4}");
    static final Form PATH =
            of("a path without ..", 1_000, "(?!(?:[\\s\\S]*/)?\\.\\.(?:/|\\z))" + WITHOUT_CONTROLS + "+");
    static final Form VARIABLE = of("the name of an environment variable", 200, "[A-Za-z_][A-Za-z0-9_]*");
    static final Form COOKIE_KEY = of(
            "the name of an environment variable that does not begin with PLUGIN_",
            200,
            "(?!PLUGIN_)[A-Za-z_][A-Za-z0-9_]*");
    static final Form OPTION = of("text of at most 500 characters on one line", 500, WITHOUT_CONTROLS + "*");

    static Form line(int longest) {
        return of(
                "text on one line, of 1 to " + longest + " characters",
                longest,
                WITHOUT_CONTROLS + "*[^\\x00-\\x20\\x7f]" + WITHOUT_CONTROLS + "*");
    }

    static Form prose(int longest) {
        return of("text of at most " + longest + " characters", longest, "[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*");
    }

    boolean fits(String text) {
        return text.length() <= 2 * longest
                && text.codePointCount(0, text.length()) <= longest
                && pattern.matcher(text).matches();
    }

    private static Form of(String description, int longest, String pattern) {
        return new Form(description, longest, Pattern.compile(pattern));
    }
}

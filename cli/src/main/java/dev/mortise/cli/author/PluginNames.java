package dev.mortise.cli.author;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/**
 * The names that a new plugin's sources need, made of its id.
 *
 * @param className such as {@code TopicBlocklist} for {@code topic-blocklist}
 * @param functionName such as {@code topic_blocklist}
 * @param title for people
 */
record PluginNames(String id, String packageName, String className, String functionName, String title) {

    /** Simple names that the sources refer to with another meaning. */
    private static final Set<String> TAKEN = Set.of(
            "Plugin",
            "PluginContext",
            "PluginTest",
            "PluginUnderTest",
            "Param",
            "Rpc",
            "Hook",
            "HookContext",
            "Decision",
            "Greeting",
            "Override",
            "String",
            "Object",
            "Map",
            "Test",
            "Json",
            "Record");

    static PluginNames of(String id, @Nullable String packageName) {
        String words = Stream.of(id.split("-"))
                .filter(word -> !word.isEmpty())
                .map(PluginNames::capitalized)
                .collect(Collectors.joining());
        return new PluginNames(
                id,
                packageName == null ? defaultPackage(id) : packageName,
                TAKEN.contains(words) ? words + "Plugin" : words,
                id.replace('-', '_'),
                Stream.of(id.split("-")).map(PluginNames::capitalized).collect(Collectors.joining(" ")));
    }

    private static String defaultPackage(String id) {
        String last = id.replace("-", "").toLowerCase(Locale.ROOT);
        return "com.example." + (SourceVersion.isName(last) ? last : last + "plugin");
    }

    private static String capitalized(String word) {
        return word.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}

package dev.mortise.server.api;

import dev.mortise.api.WebhookHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Which headers of a request a plugin gets to see. */
final class SentHeaders {

    /** Those of the connection, which ends here, those of the body, which is there already, and those for other ears. */
    private static final Set<String> WITHHELD = Set.of(
            "connection",
            "content-length",
            "cookie",
            "expect",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final Predicate<String> isOwnToken;

    SentHeaders(Predicate<String> isOwnToken) {
        this.isOwnToken = isOwnToken;
    }

    /** @throws IllegalArgumentException if there are too many, or one is none */
    WebhookHeaders of(Map<String, List<String>> sent) {
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(sent);
        Set<String> withheld = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        withheld.addAll(WITHHELD);
        all.getOrDefault("Connection", List.of())
                .forEach(value -> withheld.addAll(List.of(value.strip().split("\\s*,\\s*"))));
        if (all.getOrDefault("Authorization", List.of()).stream().anyMatch(isOwnToken)) {
            withheld.add("Authorization");
        }
        all.keySet().removeIf(name -> withheld.contains(name.toLowerCase(Locale.ROOT)));
        return WebhookHeaders.of(all);
    }
}

package dev.mortise.plugin.responsecache;

import dev.mortise.api.HookContext;
import dev.mortise.api.json.JsonString;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the client's Cache-Control header asks for, RFC 9111, section 5.2.1. */
record CacheControl(List<String> directives) {

    static CacheControl of(HookContext request) {
        String header = request.metadata("_cache_control").orElse(null) instanceof JsonString(String text) ? text : "";
        return new CacheControl(Stream.of(header.split(",", -1))
                .map(directive -> directive.strip().toLowerCase(Locale.ROOT))
                .toList());
    }

    boolean forbidsKeeping() {
        return directives.contains("no-store");
    }

    boolean asksForFreshOne() {
        return directives.contains("no-cache") || directives.contains("max-age=0");
    }
}

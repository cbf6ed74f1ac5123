package dev.mortise.host.manifest;

import java.util.Set;

/** The first step of the path of a plugin's webhooks. */
public final class WebhookPrefix {

    /** Prefixes that the server keeps for itself, now or later. The manifest's JSON Schema lists the same. */
    public static final Set<String> RESERVED = Set.of(
            "api",
            "assets",
            "console",
            "docs",
            "favicon",
            "health",
            "healthz",
            "login",
            "logout",
            "mcp",
            "metrics",
            "openapi",
            "readyz",
            "robots",
            "static",
            "v1",
            "v2",
            "well-known");

    private WebhookPrefix() {}

    public static boolean isReserved(String prefix) {
        return RESERVED.contains(prefix);
    }
}

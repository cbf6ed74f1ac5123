package dev.mortise.server.problem;

import java.util.Map;

/** What every answer of the API carries: nothing of it is a page, is to be guessed at, or is to be kept. */
public final class SafetyHeaders {

    public static final Map<String, String> ALL = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Cache-Control", "no-store",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Referrer-Policy", "no-referrer");

    private SafetyHeaders() {}
}

package dev.mortise.plugin.llmtext;

import dev.mortise.api.HookContext;
import dev.mortise.api.json.JsonString;

/** Who a request counts for. */
public final class Tenant {

    /** The gateway's name for the key that the caller authenticated with; not the key itself. */
    private static final String API_KEY = "api_key";

    private Tenant() {}

    /** The caller's API key by its public name, or the session where the gateway names none. */
    public static String of(HookContext request) {
        return request.metadata(API_KEY).orElse(null) instanceof JsonString(String key) && !key.isEmpty()
                ? key
                : request.sessionId();
    }

    /** The request's session, as a text that no session of another tenant has: clients call sessions what they like. */
    public static String session(HookContext request) {
        return session(of(request), request.sessionId());
    }

    /** @param tenant as {@link #of} has it */
    public static String session(String tenant, String session) {
        // The length keeps "a" and "b/c" apart from "a/b" and "c".
        return tenant.length() + "/" + tenant + "/" + session;
    }
}

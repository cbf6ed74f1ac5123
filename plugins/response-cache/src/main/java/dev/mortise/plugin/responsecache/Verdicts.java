package dev.mortise.plugin.responsecache;

import dev.mortise.api.HookContext;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonNumber;
import java.math.BigDecimal;
import java.util.List;

/** What the gateway and other plugins have found in a response: one with a fault is not worth repeating. */
final class Verdicts {

    /** Noted down by the gateway where a response is not all that the model meant to say. */
    private static final List<String> CUT_SHORT = List.of("_response_truncated", "_client_gone", "_error_status");

    private Verdicts() {}

    static boolean foundNoFault(HookContext request) {
        boolean good = !(request.metadata("_quality_score").orElse(null) instanceof JsonNumber score)
                || score.value().compareTo(BigDecimal.ONE) >= 0;
        return good
                && CUT_SHORT.stream().allMatch(key -> isAbsentOrFalse(request, key))
                && isAbsentOrFalse(request, "_canary_leak")
                && request.metadata("_schema_errors").isEmpty()
                && request.metadata("json_healed")
                        .filter(JsonBoolean.FALSE::equals)
                        .isEmpty();
    }

    private static boolean isAbsentOrFalse(HookContext request, String key) {
        return request.metadata(key).orElse(JsonBoolean.FALSE).equals(JsonBoolean.FALSE);
    }
}

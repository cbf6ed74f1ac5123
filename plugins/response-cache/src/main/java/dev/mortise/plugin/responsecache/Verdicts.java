package dev.mortise.plugin.responsecache;

import dev.mortise.api.HookContext;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonNumber;
import java.math.BigDecimal;

/** What other plugins have found in a response: one with a fault is not worth repeating. */
final class Verdicts {

    private Verdicts() {}

    static boolean foundNoFault(HookContext request) {
        boolean good = !(request.metadata("_quality_score").orElse(null) instanceof JsonNumber score)
                || score.value().compareTo(BigDecimal.ONE) >= 0;
        return good
                && request.metadata("_schema_errors").isEmpty()
                && request.metadata("_canary_leak").filter(JsonBoolean.TRUE::equals).isEmpty()
                && request.metadata("json_healed").filter(JsonBoolean.FALSE::equals).isEmpty();
    }
}

package dev.mortise.gateway;

import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** What hooks find noted down about a request, besides its body. The keys are a contract with plugins. */
final class RequestMetadata {

    static final String REQUEST_ID = "req_id";
    static final String CALLER = "api_key";
    static final String ROLES = "_user_roles";
    static final String TIER = "_tenant_tier";
    static final String SCHEMA = "_expected_schema";
    static final String START = "_request_start_time";
    static final String STREAM = "_stream";
    static final String CACHE_CONTROL = "_cache_control";
    static final String ALIAS = "_model_alias";
    static final String RESOLVED = "_resolved_provider";
    static final String PROVIDER = "_provider";
    static final String FIRST_TOKEN = "_ttft_time";
    static final String DURATION = "duration";
    static final String CACHE_HIT = "_cache_hit";
    static final String HOLD = "_hold_stream";
    static final String STATUS = "_error_status";
    static final String BLOCKED = "_blocked";
    static final String CLIENT_GONE = "_client_gone";
    static final String TRUNCATED = "_response_truncated";

    private RequestMetadata() {}

    static Map<String, JsonValue> of(GatewayRequest request, GatewaySettings.Caller caller, Instant now) {
        Map<String, JsonValue> notes = new LinkedHashMap<>();
        notes.put(
                REQUEST_ID,
                new JsonString(
                        HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong())));
        notes.put(CALLER, new JsonString(request.caller().name()));
        notes.put(ROLES, JsonValue.of(caller.roles()));
        caller.tier().ifPresent(tier -> notes.put(TIER, new JsonString(tier)));
        request.body()
                .object("response_format")
                .flatMap(format -> format.object("json_schema"))
                .flatMap(format -> format.object("schema"))
                .ifPresent(schema -> notes.put(SCHEMA, schema));
        notes.put(START, seconds(now));
        notes.put(STREAM, JsonBoolean.of(request.isStream()));
        request.cacheControl().ifPresent(value -> notes.put(CACHE_CONTROL, new JsonString(value)));
        return notes;
    }

    /** Since the epoch, to the millisecond. */
    static JsonNumber seconds(Instant instant) {
        return new JsonNumber(BigDecimal.valueOf(instant.toEpochMilli(), 3));
    }

    /** To the microsecond. */
    static JsonNumber seconds(Duration duration) {
        return new JsonNumber(BigDecimal.valueOf(duration.toNanos() / 1000, 6));
    }
}

package dev.mortise.gateway;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.json.JsonCodec;
import dev.mortise.host.json.JsonSchemas;
import dev.mortise.host.json.Violation;
import dev.mortise.host.model.PluginId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the settings of a gateway from JSON. Its JSON Schema lies beside this class. */
public final class GatewaySettingsReader {

    private static final String SCHEMA = "settings.schema.json";
    private static final int SHOWN = 5;

    private GatewaySettingsReader() {}

    /** What is left out has its default; what is unknown or does not fit is refused, and named. */
    public static Result<GatewaySettings> read(byte[] json) {
        return JsonCodec.STANDARD.parseObject(json).then(GatewaySettingsReader::read);
    }

    private static Result<GatewaySettings> read(JsonObject json) {
        List<Violation> violations =
                new JsonSchemas().compile(schema()).orThrow().violations(json);
        if (!violations.isEmpty()) {
            return Result.refused(Problem.of(
                    ProblemCode.INVALID_CONFIG,
                    violations.stream()
                            .limit(SHOWN)
                            .map(one -> (one.pointer().isEmpty() ? "all of it" : one.pointer()) + " " + one.message())
                            .collect(Collectors.joining("; "))));
        }
        return Result.ok(settings(json));
    }

    private static JsonObject schema() {
        try (InputStream in = GatewaySettingsReader.class.getResourceAsStream(SCHEMA)) {
            if (in == null) {
                throw new IllegalStateException(SCHEMA + " is missing");
            }
            return JsonCodec.STANDARD.parseObject(in.readAllBytes()).orThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GatewaySettings settings(JsonObject json) {
        GatewaySettings defaults = GatewaySettings.DEFAULT;
        Timeouts timeouts = timeouts(json.object("timeouts").orElse(JsonObject.EMPTY), defaults.timeouts());
        Map<String, String> models = new LinkedHashMap<>();
        members(json, "models").forEach((name, model) -> models.put(name, text(model)));
        Map<PluginId, Timeouts> timeoutsOf = new HashMap<>();
        members(json, "timeouts_of")
                .forEach((id, own) -> timeoutsOf.put(new PluginId(id), timeouts((JsonObject) own, timeouts)));
        Map<String, GatewaySettings.Caller> callers = new HashMap<>();
        members(json, "callers").forEach((name, caller) -> callers.put(name, caller((JsonObject) caller)));
        return new GatewaySettings(
                plugins(json, "providers", defaults.providers()),
                Set.copyOf(plugins(json, "last_resort", List.copyOf(defaults.lastResort()))),
                models,
                timeouts,
                timeoutsOf,
                callers,
                json.bool("hold_streams").orElse(defaults.holdStreams()),
                (int) json.integer("stream_buffer").orElse(defaults.streamBuffer()),
                millis(json, "heartbeat_ms", defaults.heartbeat()),
                (int) json.integer("max_body_bytes").orElse(defaults.maxBody()));
    }

    private static Timeouts timeouts(JsonObject json, Timeouts defaults) {
        return new Timeouts(
                millis(json, "first_byte_ms", defaults.firstByte()),
                millis(json, "idle_ms", defaults.idle()),
                millis(json, "total_ms", defaults.total()));
    }

    private static GatewaySettings.Caller caller(JsonObject json) {
        return new GatewaySettings.Caller(
                json.array("roles").orElse(JsonArray.EMPTY).values().stream()
                        .map(GatewaySettingsReader::text)
                        .toList(),
                json.text("tier"));
    }

    private static List<PluginId> plugins(JsonObject json, String key, List<PluginId> defaults) {
        return json.array(key)
                .map(ids ->
                        ids.values().stream().map(id -> new PluginId(text(id))).toList())
                .orElse(defaults);
    }

    private static Duration millis(JsonObject json, String key, Duration defaults) {
        return json.integer(key).stream()
                .mapToObj(Duration::ofMillis)
                .findFirst()
                .orElse(defaults);
    }

    private static Map<String, JsonValue> members(JsonObject json, String key) {
        return json.object(key).orElse(JsonObject.EMPTY).members();
    }

    private static String text(JsonValue value) {
        return ((JsonString) value).value();
    }
}

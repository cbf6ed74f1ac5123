package dev.mortise.plugin.recordedcases;

import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.plugin.recordedcases.RecordedCase.Expectation;
import dev.mortise.testkit.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads the recording. */
final class Recording {

    private static final String FILE = "marketplace-plugins.jsonl";

    private Recording() {}

    /** The calls of one plugin, in order. */
    static List<RecordedCase> of(String plugin) {
        List<RecordedCase> cases = new ArrayList<>();
        List<String> lines = lines();
        for (int i = 0; i < lines.size(); i++) {
            JsonObject recorded = (JsonObject) Json.json(lines.get(i));
            if (text(recorded, "plugin").equals(plugin)) {
                cases.add(parse(recorded, i + 1));
            }
        }
        return List.copyOf(cases);
    }

    private static List<String> lines() {
        try (InputStream in = Recording.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FILE, e);
        }
    }

    private static RecordedCase parse(JsonObject recorded, int line) {
        JsonObject result = object(recorded, "result");
        return new RecordedCase(
                line,
                text(recorded, "test"),
                text(recorded, "plugin"),
                text(recorded, "hook"),
                recorded.integer("instance").orElseThrow(),
                time(recorded),
                // The values at work: the defaults, what it was made with, and what was set afterwards.
                object(recorded, "settings"),
                text(recorded, "session_id"),
                object(recorded, "body"),
                object(recorded, "metadata"),
                recorded.object("response").map(response -> (JsonObject) Json.json(text(response, "body"))),
                new Expectation(
                        text(result, "action"),
                        Math.toIntExact(result.integer("status_code").orElseThrow()),
                        result.text("error_type"),
                        result.text("message"),
                        object(recorded, "body_after"),
                        object(recorded, "metadata_after")));
    }

    private static Instant time(JsonObject recorded) {
        BigDecimal seconds = ((JsonNumber) recorded.get("t").orElseThrow()).value();
        return Instant.ofEpochMilli(seconds.movePointRight(3).longValue());
    }

    private static String text(JsonObject object, String key) {
        return object.text(key).orElseThrow();
    }

    private static JsonObject object(JsonObject object, String key) {
        return object.object(key).orElse(JsonObject.EMPTY);
    }
}

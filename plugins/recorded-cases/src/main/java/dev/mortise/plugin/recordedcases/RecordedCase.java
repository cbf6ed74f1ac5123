package dev.mortise.plugin.recordedcases;

import dev.mortise.api.json.JsonObject;
import dev.mortise.testkit.HookRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * One recorded call. Immutable; the methods return changed copies, for what a plugin does differently on purpose.
 *
 * @param line of the recording, from 1
 * @param test the test during which it was recorded
 * @param instance calls of the same instance have the same number
 * @param config the values that the instance worked with
 * @param response what the service had answered
 */
public record RecordedCase(
        int line,
        String test,
        String plugin,
        String ring,
        long instance,
        Instant time,
        JsonObject config,
        String session,
        JsonObject body,
        JsonObject metadata,
        Optional<JsonObject> response,
        Expectation expected) {

    /**
     * What came out.
     *
     * @param action {@code passthrough}, {@code modify}, {@code block} or {@code cache_hit}
     * @param status of a block
     */
    public record Expectation(
            String action,
            int status,
            Optional<String> errorType,
            Optional<String> message,
            JsonObject body,
            JsonObject metadata) {}

    public RecordedCase withConfig(JsonObject other) {
        return new RecordedCase(
                line, test, plugin, ring, instance, time, other, session, body, metadata, response, expected);
    }

    /** The same body is expected afterwards. */
    public RecordedCase withBody(JsonObject other) {
        Expectation unchanged = new Expectation(
                expected.action(),
                expected.status(),
                expected.errorType(),
                expected.message(),
                other,
                expected.metadata());
        return new RecordedCase(
                line, test, plugin, ring, instance, time, config, session, other, metadata, response, unchanged);
    }

    public RecordedCase withMetadata(JsonObject other) {
        return new RecordedCase(
                line, test, plugin, ring, instance, time, config, session, body, other, response, expected);
    }

    public RecordedCase withResponse(JsonObject other) {
        return new RecordedCase(
                line,
                test,
                plugin,
                ring,
                instance,
                time,
                config,
                session,
                body,
                metadata,
                Optional.of(other),
                expected);
    }

    public RecordedCase expecting(Expectation other) {
        return new RecordedCase(
                line, test, plugin, ring, instance, time, config, session, body, metadata, response, other);
    }

    HookRequest request() {
        HookRequest request = HookRequest.body(body).ring(ring).session(session);
        for (var note : metadata.members().entrySet()) {
            request = request.metadata(note.getKey(), note.getValue());
        }
        return response.isPresent() ? request.response(response.get()) : request;
    }

    /** For people: where it comes from. */
    String place() {
        return "recorded call of line " + line + " (" + test + ")";
    }
}

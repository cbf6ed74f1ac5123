package dev.mortise.gateway;

import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.RingOutcome;
import dev.mortise.host.RingPass;
import dev.mortise.host.Services;
import dev.mortise.host.model.FailPolicy;
import dev.mortise.host.model.PluginId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** A request's pass through the rings, and what is noted down on the way. Closed by whoever opened it. */
final class RequestPass implements AutoCloseable {

    private final RingPass<JsonObject> pass;
    private final InstantSource clock;
    private final GatewayCounts counts;
    private Optional<PluginId> provider = Optional.empty();
    private boolean hit;
    private long askedAt;

    RequestPass(RingPass<JsonObject> pass, InstantSource clock, GatewayCounts counts) {
        this.pass = pass;
        this.clock = clock;
        this.counts = counts;
    }

    RingOutcome run(String... rings) {
        RingOutcome outcome = pass.run(rings);
        if (outcome instanceof RingOutcome.Blocked) {
            counts.blocked.increment();
        }
        return outcome;
    }

    JsonObject body() {
        return pass.json();
    }

    void replace(JsonObject body) {
        pass.replace(body);
    }

    /** Whether a hook insists on seeing every answer. */
    boolean mustBeChecked() {
        return pass.ring(GatewayRings.POST_FLIGHT).hooks().stream()
                .anyMatch(hook -> hook.failPolicy() == FailPolicy.CLOSED);
    }

    Services services() {
        return pass.services();
    }

    String traceId() {
        return pass.traceId();
    }

    ReplyOrigin origin() {
        return new ReplyOrigin(pass.traceId(), pass.generation(), provider, hit);
    }

    Optional<String> noted(String key) {
        return pass.metadata().get(key) instanceof JsonString(String text) ? Optional.of(text) : Optional.empty();
    }

    boolean isToBeHeld() {
        return pass.metadata().get(RequestMetadata.HOLD) instanceof JsonBoolean(boolean hold) && hold;
    }

    void note(String key, JsonValue value) {
        pass.note(key, value);
    }

    void hit() {
        hit = true;
        counts.hits.increment();
        pass.note(RequestMetadata.CACHE_HIT, JsonBoolean.TRUE);
    }

    void asking() {
        askedAt = System.nanoTime();
    }

    /** The provider has said the first of its answer, or failed. */
    void answering(PluginId id) {
        provider = Optional.of(id);
        pass.note(RequestMetadata.PROVIDER, new JsonString(id.value()));
        pass.note(RequestMetadata.FIRST_TOKEN, RequestMetadata.seconds(clock.instant()));
    }

    /** The provider has said the last of its answer, or failed. */
    void answered() {
        Duration took = Duration.ofNanos(System.nanoTime() - askedAt);
        pass.took("upstream", took);
        pass.note(RequestMetadata.DURATION, RequestMetadata.seconds(took));
    }

    void failed(GatewayError error) {
        counts.failed.increment();
        pass.note(RequestMetadata.STATUS, JsonNumber.of(error.status()));
    }

    /** A hook before the model has ended it. */
    void blocked(int status) {
        pass.note(RequestMetadata.STATUS, JsonNumber.of(status));
        pass.note(RequestMetadata.BLOCKED, JsonBoolean.TRUE);
    }

    /** The client has hung up. Hooks in the background still learn of the request. */
    void abandoned() {
        counts.abandoned.increment();
        answered();
        pass.note(RequestMetadata.CLIENT_GONE, JsonBoolean.TRUE);
        finish();
    }

    void respond(JsonObject response) {
        pass.respond(response);
    }

    /** What the client is to see: the answer, as the hooks have left it. */
    JsonObject response(JsonObject answer) {
        return pass.response().orElse(answer);
    }

    /** A hook has changed what the client has seen already. */
    void changedTooLate() {
        counts.lateModifications.increment();
        pass.took("late_modification", Duration.ZERO);
    }

    /** The answer was too long for the ring behind the model. */
    void unchecked() {
        counts.unchecked.increment();
        pass.took("post_flight_skipped", Duration.ZERO);
        pass.note(RequestMetadata.TRUNCATED, JsonBoolean.TRUE);
    }

    /** Lets the hooks of the background have it. */
    void finish() {
        pass.finish(GatewayRings.BACKGROUND);
    }

    @Override
    public void close() {
        pass.close();
    }
}

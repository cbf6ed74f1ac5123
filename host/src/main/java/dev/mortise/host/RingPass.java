package dev.mortise.host;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One request on its way through rings. From opening to closing it stays in one generation: all its rings, and the
 * services that it uses, belong together whatever changes meanwhile. To be used by one thread at a time.
 *
 * <pre>{@code
 * try (RingPass<JsonObject> pass = host.rings().open(RingRequest.of(body))) {
 *     if (pass.run("pre_flight") instanceof RingOutcome.Proceed) {
 *         pass.respond(service.answer(pass.body()));
 *         pass.run("post_flight");
 *     }
 * }
 * }</pre>
 */
public interface RingPass<B> extends AutoCloseable {

    /**
     * Runs rings, one after the other, until one ends the request. Returns no later than the deadlines of the hooks
     * together, and a few milliseconds for each that is stuck.
     *
     * @throws IllegalArgumentException if the host has no such ring
     */
    RingOutcome run(String... rings);

    /** The message, as the hooks have left it. */
    B body();

    /** The message as JSON. The same object as the hooks were given, if none of them has replaced it. */
    JsonObject json();

    /** Puts another message in the place of the one there is, for hooks that run afterwards. */
    void replace(B message);

    Optional<JsonObject> response();

    /** Notes down what the service has answered, for hooks that run afterwards. */
    void respond(JsonObject response);

    Map<String, JsonValue> metadata();

    /** Notes something down for hooks that run afterwards. */
    void note(String key, JsonValue value);

    /** Notes down for the trace how long something beside the rings has taken, such as {@code upstream}. */
    void took(String what, Duration duration);

    String traceId();

    long generation();

    /**
     * A ring as it is in this pass's generation.
     *
     * @throws IllegalArgumentException if the host has no such ring
     */
    Rings.RingView ring(String name);

    /** The services of this pass's generation. */
    Services services();

    /**
     * Runs a last ring in the background, and closes the pass when it is through. Too many that are still running, and
     * this one is left out and counted.
     */
    void finish(String ring);

    /** Lets go of the generation. Closing twice is fine, and so is closing after {@link #finish}. */
    @Override
    void close();
}

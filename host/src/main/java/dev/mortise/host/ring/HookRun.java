package dev.mortise.host.ring;

import dev.mortise.api.Decision;
import dev.mortise.api.HookContext;
import dev.mortise.api.StateStore;
import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.BodyType;
import dev.mortise.host.ring.RingSequence.Step;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A request as hooks see it, one after the other. What a hook notes down stands beside the rest until its call has ended
 * well. It belongs to the thread that runs the hooks: once a hook is stuck in it, the request goes on with a copy.
 */
final class HookRun implements HookContext {

    private static final int MOST_KEYS = 256;
    private static final int LONGEST_VALUE = 64 << 10;

    private final String traceId;
    private final String session;
    private final BodyType<?> type;
    private final Map<String, JsonValue> notes;

    private JsonObject body;
    private @Nullable JsonObject response;

    private @Nullable RingSequence ring;
    private @Nullable Step step;
    private @Nullable Map<String, JsonValue> fresh;
    private Set<Step> unsaved = Set.of();
    private @Nullable Thread thread;

    HookRun(
            String traceId,
            String session,
            BodyType<?> type,
            JsonObject body,
            @Nullable JsonObject response,
            Map<String, JsonValue> notes) {
        this.traceId = traceId;
        this.session = session;
        this.type = type;
        this.body = body;
        this.response = response;
        this.notes = new LinkedHashMap<>(notes);
    }

    /** The same request for another thread, without what an unfinished hook has noted down. */
    HookRun copy() {
        HookRun copy = new HookRun(traceId, session, type, body, response, notes);
        // State is no note: it has been written, and the request has to wait for the disk as before.
        copy.unsaved = unsaved;
        return copy;
    }

    // Of the walk

    void begin(RingSequence in, Step next) {
        ring = in;
        step = next;
        thread = Thread.currentThread();
    }

    /** Nobody may use it until the next hook begins. */
    void end() {
        thread = null;
        step = null;
    }

    void keepNotes() {
        if (fresh != null) {
            notes.putAll(fresh);
            fresh = null;
        }
    }

    void dropNotes() {
        fresh = null;
    }

    /**
     * Whether a decision can be carried out in this ring.
     *
     * @throws IllegalArgumentException if it cannot
     */
    void check(Decision decision) {
        if (decision instanceof Decision.Modify modify) {
            if (modify.response().isPresent() && response == null) {
                throw new IllegalArgumentException(
                        "a response was modified in the ring " + ring() + ", where there is none yet");
            }
            modify.body().ifPresent(this::mustBeMessage);
        }
    }

    private void mustBeMessage(JsonObject changed) {
        // For the exception that it throws if it is none.
        Object unused = type.fromJson().apply(changed);
    }

    /** The hooks that have written state since this was last asked. */
    Set<Step> takeUnsaved() {
        Set<Step> written = unsaved;
        unsaved = Set.of();
        return written;
    }

    void modify(Decision.Modify change) {
        body = change.body().orElse(body);
        response = change.response().orElse(response);
        change.message().ifPresent(message -> notes.put("_plugin_message", new JsonString(message)));
    }

    void replace(JsonObject message) {
        body = message;
    }

    void respond(JsonObject value) {
        response = value;
    }

    void note(String key, JsonValue value) {
        notes.put(key, value);
    }

    Map<String, JsonValue> notes() {
        return Collections.unmodifiableMap(notes);
    }

    JsonObject json() {
        return body;
    }

    @Nullable
    JsonObject answer() {
        return response;
    }

    // Of the hook

    private void mustBeInside() {
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException(
                    "a hook's context is good only during the call that it was given to, and on the calling thread");
        }
    }

    @Override
    public String ring() {
        mustBeInside();
        return ring == null ? "" : ring.name();
    }

    @Override
    public JsonObject body() {
        mustBeInside();
        return body;
    }

    @Override
    public Optional<JsonObject> response() {
        mustBeInside();
        return Optional.ofNullable(response);
    }

    @Override
    public String sessionId() {
        return session;
    }

    @Override
    public String traceId() {
        return traceId;
    }

    @Override
    public Optional<JsonValue> metadata(String key) {
        mustBeInside();
        JsonValue own = fresh == null ? null : fresh.get(key);
        return Optional.ofNullable(own != null ? own : notes.get(key));
    }

    @Override
    public Map<String, JsonValue> metadata() {
        mustBeInside();
        if (fresh == null) {
            return Map.copyOf(notes);
        }
        Map<String, JsonValue> all = new LinkedHashMap<>(notes);
        all.putAll(fresh);
        return Collections.unmodifiableMap(all);
    }

    @Override
    public void putMetadata(String key, JsonValue value) {
        mustBeInside();
        if (fresh == null) {
            fresh = new LinkedHashMap<>();
        }
        if (notes.size() + fresh.size() >= MOST_KEYS && !notes.containsKey(key) && !fresh.containsKey(key)) {
            throw new IllegalStateException("a request carries at most " + MOST_KEYS + " keys of metadata");
        }
        if (isTooLong(value)) {
            throw new IllegalStateException(
                    "the metadata '" + key + "' is longer than " + (LONGEST_VALUE >> 10) + " KiB of text");
        }
        fresh.put(key, value);
    }

    private void wrote(Step who) {
        if (unsaved.isEmpty()) {
            unsaved = ConcurrentHashMap.newKeySet();
        }
        unsaved.add(who);
    }

    private static boolean isTooLong(JsonValue value) {
        return switch (value) {
            case JsonString(String text) -> text.length() > LONGEST_VALUE;
            case JsonObject object -> object.toString().length() > LONGEST_VALUE;
            case JsonArray array -> array.toString().length() > LONGEST_VALUE;
            default -> false;
        };
    }

    @Override
    public StateStore state() {
        mustBeInside();
        Step inside = step;
        if (inside == null) {
            throw new IllegalStateException("no hook is running");
        }
        return new NotedState(inside.hook().state(), () -> wrote(inside));
    }
}

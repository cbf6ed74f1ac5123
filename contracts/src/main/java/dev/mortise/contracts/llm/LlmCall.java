package dev.mortise.contracts.llm;

import dev.mortise.api.json.JsonObject;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a provider needs to know about a call besides the request: by when, for which request of a client, and whether
 * anybody still waits for it. Safe for use by several threads.
 */
public final class LlmCall {

    private static final System.Logger LOG = System.getLogger(LlmCall.class.getName());

    private final String traceId;
    private final Instant startedAt;
    private final long deadline;
    private final @Nullable Sent sent;
    private final List<Runnable> actions = new ArrayList<>();
    private boolean cancelled;

    private LlmCall(String traceId, Instant startedAt, long deadline, @Nullable Sent sent) {
        this.traceId = traceId;
        this.startedAt = startedAt;
        this.deadline = deadline;
        this.sent = sent;
    }

    /**
     * A call that begins now.
     *
     * @param limit how long whoever calls will wait
     */
    public static LlmCall start(String traceId, Instant now, Duration limit) {
        return new LlmCall(traceId, now, System.nanoTime() + limit.toNanos(), null);
    }

    /**
     * A call that begins now, and also knows how its request was written.
     *
     * @param text of the request: JSON, in UTF-8; not copied
     */
    public static LlmCall start(String traceId, Instant now, Duration limit, JsonObject request, byte[] text) {
        return new LlmCall(traceId, now, System.nanoTime() + limit.toNanos(), new Sent(request, text));
    }

    /** The same in every record that the host keeps of the client's request. */
    public String traceId() {
        return traceId;
    }

    public Instant startedAt() {
        return startedAt;
    }

    /** How long the caller still waits; zero once it no longer does. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    /**
     * The request as JSON text in UTF-8: in the client's own writing where nobody has changed it, which saves writing it
     * again. Not to be modified.
     *
     * @param request as it was given to the provider
     */
    public byte[] text(JsonObject request) {
        Sent original = sent;
        return original != null && original.request == request
                ? original.text
                : request.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Whether nobody waits for the answer any more. */
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /**
     * Has something done once nobody waits any more, such as closing a connection; at once if that is so already. It is
     * done on a thread of its own, and not at all where the call ends before.
     */
    public void onCancel(Runnable action) {
        synchronized (this) {
            if (!cancelled) {
                actions.add(action);
                return;
            }
        }
        run(action);
    }

    /** Tells the provider that nobody waits any more. Cancelling twice is fine. */
    public void cancel() {
        List<Runnable> due;
        synchronized (this) {
            cancelled = true;
            due = List.copyOf(actions);
            actions.clear();
        }
        due.forEach(this::run);
    }

    /** Forgets what was to be done: the call is over. */
    public synchronized void end() {
        actions.clear();
    }

    /** The action is a plugin's: it may hang or throw, and neither is to hurt whoever cancels. */
    private void run(Runnable action) {
        Thread.ofVirtual().name("mortise-llm-cancel-" + traceId).start(() -> {
            try {
                action.run();
            } catch (Throwable e) {
                LOG.log(Level.WARNING, "a provider could not cancel the call of request " + traceId, e);
            }
        });
    }

    private static final class Sent {

        private final JsonObject request;
        private final byte[] text;

        private Sent(JsonObject request, byte[] text) {
            this.request = request;
            this.text = text;
        }
    }
}

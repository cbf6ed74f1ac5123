package dev.mortise.gateway;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.llm.ChunkSink;
import dev.mortise.contracts.llm.LlmCall;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call of a provider, on a thread of its own, so that whoever waits for it can have enough of it. A few chunks may
 * wait to be taken; then the provider waits. To be used by one thread, which closes it.
 */
final class UpstreamCall implements AutoCloseable {

    /** Something to be done every so often while there is nothing to take. */
    @FunctionalInterface
    interface Pause {
        void pass() throws IOException;
    }

    private static final System.Logger LOG = System.getLogger(UpstreamCall.class.getName());
    private static final int AHEAD = 64;

    /** So often it is looked whether the client still waits. */
    private static final long LOOK_NANOS = Duration.ofMillis(200).toNanos();

    private final LlmCall call;
    private final BlockingQueue<UpstreamEvent> events = new ArrayBlockingQueue<>(AHEAD);
    private boolean over;
    private long lookedAt = System.nanoTime();

    private UpstreamCall(LlmCall call) {
        this.call = call;
    }

    static UpstreamCall answer(LlmCall call, Supplier<JsonObject> work) {
        UpstreamCall upstream = new UpstreamCall(call);
        upstream.start(() -> new UpstreamEvent.Answer(work.get()));
        return upstream;
    }

    static UpstreamCall stream(LlmCall call, Consumer<ChunkSink> work) {
        UpstreamCall upstream = new UpstreamCall(call);
        upstream.start(() -> {
            work.accept(chunk -> upstream.put(new UpstreamEvent.Chunk(chunk)));
            return new UpstreamEvent.End();
        });
        return upstream;
    }

    private void start(Supplier<UpstreamEvent> work) {
        Thread.ofVirtual().name("mortise-gateway-upstream-" + call.traceId()).start(() -> {
            UpstreamEvent last = result(work);
            if (!call.isCancelled()) {
                put(last);
            }
        });
    }

    private UpstreamEvent result(Supplier<UpstreamEvent> work) {
        try {
            return work.get();
        } catch (ServiceException e) {
            return new UpstreamEvent.Failure(e);
        } catch (Throwable e) {
            LOG.log(Level.ERROR, "calling a provider for request " + call.traceId() + " failed unexpectedly", e);
            return new UpstreamEvent.Failure(new ServiceException(Kind.FAILED, "the model could not be asked"));
        }
    }

    private void put(UpstreamEvent event) {
        if (call.isCancelled()) {
            throw new ServiceException(Kind.CANCELLED, "nobody waits for the answer any more");
        }
        try {
            events.put(event);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceException(Kind.CANCELLED, "the call was ended");
        }
    }

    /**
     * Waits for what comes next. A failure if nothing comes in time.
     *
     * @param client looked after every so often
     * @throws ClientGoneException if it has hung up
     */
    UpstreamEvent await(Duration limit, Client client, Pause pause) throws IOException {
        long now = System.nanoTime();
        long end = now + Math.min(limit.toNanos(), call.remaining().toNanos());
        while (true) {
            UpstreamEvent event = poll(Math.min(LOOK_NANOS, Math.max(0, end - now)));
            over = event != null && !(event instanceof UpstreamEvent.Chunk);
            now = System.nanoTime();
            // Also while there is always something to take: nobody may be there who wants it.
            if (!over && (event == null || now - lookedAt >= LOOK_NANOS)) {
                lookedAt = now;
                if (client.isGone()) {
                    throw new ClientGoneException();
                }
            }
            if (event != null) {
                return event;
            }
            pause.pass();
            now = System.nanoTime();
            if (now - end >= 0) {
                return new UpstreamEvent.Failure(new ServiceException(
                        Kind.DEADLINE_EXCEEDED, "the model did not go on within the time that it has"));
            }
        }
    }

    private @Nullable UpstreamEvent poll(long nanos) throws ClientGoneException {
        try {
            return events.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientGoneException();
        }
    }

    /** Cancels what is not over. */
    @Override
    public void close() {
        if (over) {
            call.end();
        } else {
            call.cancel();
            events.clear();
        }
    }
}

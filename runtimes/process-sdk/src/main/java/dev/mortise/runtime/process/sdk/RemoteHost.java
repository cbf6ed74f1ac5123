package dev.mortise.runtime.process.sdk;

import dev.mortise.api.FunctionException;
import dev.mortise.api.StateStore;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.plugin.v1.CallResponse;
import dev.mortise.plugin.v1.ConfigureRequest;
import dev.mortise.plugin.v1.Event;
import dev.mortise.plugin.v1.Failure;
import dev.mortise.plugin.v1.HostCallRequest;
import dev.mortise.plugin.v1.HostGrpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The host, as the plugin reaches it: what Configure told, and its service behind the broker. */
final class RemoteHost implements PluginHost {

    /** The call that this thread's calls are a part of; 0 if it is in none. */
    static final ScopedValue<Long> CALL = ScopedValue.newInstance();

    private static final int MOST_UNSENT = 1_000;

    private record Configured(ConfigureRequest request, JsonObject config) {}

    private final System.Logger log;
    private final Deque<Event> unsent = new ArrayDeque<>();
    private volatile @Nullable PluginBroker broker;
    private volatile @Nullable Configured configured;
    private volatile List<String> declared = List.of();
    private @Nullable ManagedChannel channel;
    private Optional<Consumer<Event>> events = Optional.empty();

    RemoteHost(System.Logger log) {
        this.log = log;
    }

    void connect(PluginBroker to, List<String> events) {
        broker = to;
        declared = List.copyOf(events);
    }

    void configure(ConfigureRequest request, JsonObject config) {
        configured = new Configured(request, config);
    }

    private Configured configured() {
        Configured present = configured;
        if (present == null) {
            throw new IllegalStateException("the host has not configured the plugin yet; wait for onConfigure");
        }
        return present;
    }

    private HostGrpc.HostBlockingStub service() {
        return HostGrpc.newBlockingStub(channel());
    }

    private synchronized ManagedChannel channel() {
        ManagedChannel present = channel;
        if (present != null) {
            return present;
        }
        PluginBroker way = broker;
        int id = configured().request().getHostService();
        if (way == null || id == 0) {
            throw new IllegalStateException("this host offers no services to its plugins");
        }
        try {
            present = way.dial(id);
            channel = present;
            return present;
        } catch (IOException e) {
            throw new IllegalStateException("the host cannot be reached: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while connecting to the host", e);
        }
    }

    @Override
    public String pluginId() {
        return configured().request().getPluginId();
    }

    @Override
    public JsonObject config() {
        return configured().config();
    }

    @Override
    public System.Logger logger() {
        return log;
    }

    @Override
    public StateStore state() {
        return new RemoteState(this::service);
    }

    @Override
    public Path dataDirectory() {
        return Path.of(configured().request().getDataDirectory());
    }

    @Override
    public void emit(String event, JsonObject payload) {
        if (!declared.contains(event)) {
            throw new IllegalArgumentException(
                    "the plugin does not declare the event " + event + "; add it with event(…)");
        }
        Event sent =
                Event.newBuilder().setName(event).setPayload(payload.toString()).build();
        synchronized (unsent) {
            if (events.isPresent()) {
                events.get().accept(sent);
                return;
            }
            if (unsent.size() >= MOST_UNSENT) {
                unsent.remove();
            }
            unsent.add(sent);
        }
    }

    /** Somebody takes the events from now on. */
    void send(Consumer<Event> sink) {
        synchronized (unsent) {
            events = Optional.of(sink);
            unsent.forEach(sink);
            unsent.clear();
        }
    }

    /** Nobody takes the events any more. */
    void keep() {
        synchronized (unsent) {
            events = Optional.empty();
        }
    }

    @Override
    public JsonValue call(String function, JsonObject params) throws FunctionException {
        CallResponse answer;
        try {
            answer = service()
                    .callFunction(HostCallRequest.newBuilder()
                            .setFunction(function)
                            .setParams(params.toString())
                            .setCallId(CALL.isBound() ? CALL.get() : 0)
                            .build());
        } catch (StatusRuntimeException e) {
            throw new IllegalStateException("the host does not answer: " + e.getStatus(), e);
        }
        if (answer.hasFailure()) {
            Failure failure = answer.getFailure();
            throw new FunctionException(
                    failure.getCode(),
                    failure.getMessage(),
                    failure.getDetails().isEmpty() ? JsonObject.EMPTY : JsonText.object(failure.getDetails()));
        }
        return JsonText.value(answer.getResult());
    }
}

package dev.mortise.runtime.process.sdk;

import dev.mortise.api.StateStore;
import dev.mortise.plugin.v1.CompareAndSetStateRequest;
import dev.mortise.plugin.v1.DeleteStateRequest;
import dev.mortise.plugin.v1.GetStateRequest;
import dev.mortise.plugin.v1.GetStateResponse;
import dev.mortise.plugin.v1.HostGrpc;
import dev.mortise.plugin.v1.IncrementStateRequest;
import dev.mortise.plugin.v1.ListStateRequest;
import dev.mortise.plugin.v1.SetStateRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The plugin's store, which is in the host. */
final class RemoteState implements StateStore {

    private final Supplier<HostGrpc.HostBlockingStub> host;

    RemoteState(Supplier<HostGrpc.HostBlockingStub> host) {
        this.host = host;
    }

    private <T> T ask(Function<HostGrpc.HostBlockingStub, T> question) {
        try {
            return question.apply(host.get());
        } catch (StatusRuntimeException e) {
            String description = String.valueOf(e.getStatus().getDescription());
            throw e.getStatus().getCode() == Status.Code.INVALID_ARGUMENT
                    ? new IllegalArgumentException(description, e)
                    : new IllegalStateException(description, e);
        }
    }

    @Override
    public Optional<String> get(String key) {
        GetStateResponse answer = ask(
                stub -> stub.getState(GetStateRequest.newBuilder().setKey(key).build()));
        return answer.hasValue() ? Optional.of(answer.getValue()) : Optional.empty();
    }

    @Override
    public void set(String key, String value) {
        set(key, value, Duration.ZERO);
    }

    @Override
    public void set(String key, String value, Duration timeToLive) {
        var unused = ask(stub -> stub.setState(SetStateRequest.newBuilder()
                .setKey(key)
                .setValue(value)
                .setTimeToLiveMillis(timeToLive.toMillis())
                .build()));
    }

    @Override
    public boolean delete(String key) {
        return ask(stub -> stub.deleteState(
                        DeleteStateRequest.newBuilder().setKey(key).build()))
                .getExisted();
    }

    @Override
    public boolean compareAndSet(String key, @Nullable String expected, @Nullable String next) {
        CompareAndSetStateRequest.Builder request =
                CompareAndSetStateRequest.newBuilder().setKey(key);
        if (expected != null) {
            request.setExpected(expected);
        }
        if (next != null) {
            request.setNext(next);
        }
        return ask(stub -> stub.compareAndSetState(request.build())).getReplaced();
    }

    @Override
    public long increment(String key, long delta) {
        return increment(key, delta, Duration.ZERO);
    }

    @Override
    public long increment(String key, long delta, Duration timeToLive) {
        return ask(stub -> stub.incrementState(IncrementStateRequest.newBuilder()
                        .setKey(key)
                        .setDelta(delta)
                        .setTimeToLiveMillis(timeToLive.toMillis())
                        .build()))
                .getValue();
    }

    @Override
    public List<String> keys(String prefix, int limit) {
        return ask(stub -> stub.listState(ListStateRequest.newBuilder()
                        .setPrefix(prefix)
                        .setLimit(limit)
                        .build()))
                .getKeysList();
    }
}

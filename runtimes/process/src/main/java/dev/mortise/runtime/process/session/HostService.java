package dev.mortise.runtime.process.session;

import dev.mortise.api.FunctionException;
import dev.mortise.api.StateStore;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.spi.PluginServices;
import dev.mortise.plugin.v1.CallResponse;
import dev.mortise.plugin.v1.CompareAndSetStateRequest;
import dev.mortise.plugin.v1.CompareAndSetStateResponse;
import dev.mortise.plugin.v1.DeleteStateRequest;
import dev.mortise.plugin.v1.DeleteStateResponse;
import dev.mortise.plugin.v1.Failure;
import dev.mortise.plugin.v1.GetStateRequest;
import dev.mortise.plugin.v1.GetStateResponse;
import dev.mortise.plugin.v1.HostCallRequest;
import dev.mortise.plugin.v1.HostGrpc;
import dev.mortise.plugin.v1.IncrementStateRequest;
import dev.mortise.plugin.v1.IncrementStateResponse;
import dev.mortise.plugin.v1.ListStateRequest;
import dev.mortise.plugin.v1.ListStateResponse;
import dev.mortise.plugin.v1.SetStateRequest;
import dev.mortise.plugin.v1.SetStateResponse;
import dev.mortise.runtime.process.wire.CallLoop;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/** The host's services for one plugin, as it reaches them through the broker. */
final class HostService extends HostGrpc.HostImplBase {

    private final PluginServices services;
    private final Map<Long, CallLoop> calls = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();

    HostService(PluginServices services) {
        this.services = services;
    }

    /** @return the id by which the plugin names the call */
    long begin(CallLoop call) {
        long id = ids.incrementAndGet();
        calls.put(id, call);
        return id;
    }

    void end(long id) {
        calls.remove(id);
    }

    @Override
    public void callFunction(HostCallRequest request, StreamObserver<CallResponse> answer) {
        answer(answer, () -> {
            JsonObject params = PluginJson.object(
                    request.getParams().isEmpty() ? "{}" : request.getParams(), "the parameters of a call");
            try {
                JsonValue result = call(request.getCallId(), request.getFunction(), params);
                return CallResponse.newBuilder().setResult(result.toString()).build();
            } catch (FunctionException e) {
                return CallResponse.newBuilder()
                        .setFailure(Failure.newBuilder()
                                .setCode(e.code())
                                .setMessage(String.valueOf(e.getMessage()))
                                .setDetails(e.details().toString()))
                        .build();
            }
        });
    }

    private JsonValue call(long id, String function, JsonObject params) throws Exception {
        if (id == 0) {
            return services.call(function, params);
        }
        CallLoop outer = calls.get(id);
        if (outer == null) {
            throw new IllegalStateException("the call " + id + ", which this one is said to be a part of, is over");
        }
        try {
            return outer.submit(() -> services.call(function, params));
        } catch (CancellationException e) {
            throw new IllegalStateException("the call " + id + ", which this one is a part of, is over", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    @Override
    public void getState(GetStateRequest request, StreamObserver<GetStateResponse> answer) {
        answer(answer, () -> {
            GetStateResponse.Builder response = GetStateResponse.newBuilder();
            state().get(request.getKey()).ifPresent(response::setValue);
            return response.build();
        });
    }

    @Override
    public void setState(SetStateRequest request, StreamObserver<SetStateResponse> answer) {
        answer(answer, () -> {
            if (request.getTimeToLiveMillis() > 0) {
                state().set(request.getKey(), request.getValue(), Duration.ofMillis(request.getTimeToLiveMillis()));
            } else {
                state().set(request.getKey(), request.getValue());
            }
            return SetStateResponse.getDefaultInstance();
        });
    }

    @Override
    public void deleteState(DeleteStateRequest request, StreamObserver<DeleteStateResponse> answer) {
        answer(
                answer,
                () -> DeleteStateResponse.newBuilder()
                        .setExisted(state().delete(request.getKey()))
                        .build());
    }

    @Override
    public void compareAndSetState(
            CompareAndSetStateRequest request, StreamObserver<CompareAndSetStateResponse> answer) {
        answer(
                answer,
                () -> CompareAndSetStateResponse.newBuilder()
                        .setReplaced(state().compareAndSet(
                                        request.getKey(),
                                        request.hasExpected() ? request.getExpected() : null,
                                        request.hasNext() ? request.getNext() : null))
                        .build());
    }

    @Override
    public void incrementState(IncrementStateRequest request, StreamObserver<IncrementStateResponse> answer) {
        answer(answer, () -> {
            Duration life = Duration.ofMillis(request.getTimeToLiveMillis());
            long value = life.isPositive()
                    ? state().increment(request.getKey(), request.getDelta(), life)
                    : state().increment(request.getKey(), request.getDelta());
            return IncrementStateResponse.newBuilder().setValue(value).build();
        });
    }

    @Override
    public void listState(ListStateRequest request, StreamObserver<ListStateResponse> answer) {
        answer(
                answer,
                () -> ListStateResponse.newBuilder()
                        .addAllKeys(state().keys(request.getPrefix(), request.getLimit()))
                        .build());
    }

    private StateStore state() {
        return services.state();
    }

    private static <T> void answer(StreamObserver<T> observer, Callable<T> work) {
        T response;
        try {
            response = work.call();
        } catch (PluginFault | IllegalArgumentException e) {
            observer.onError(
                    Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asRuntimeException());
            return;
        } catch (IllegalStateException e) {
            observer.onError(
                    Status.FAILED_PRECONDITION.withDescription(e.getMessage()).asRuntimeException());
            return;
        } catch (Exception e) {
            observer.onError(Status.INTERNAL.withDescription(e.getMessage()).asRuntimeException());
            return;
        }
        observer.onNext(response);
        observer.onCompleted();
    }
}

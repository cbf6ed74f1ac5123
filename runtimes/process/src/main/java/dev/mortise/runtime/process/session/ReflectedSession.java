package dev.mortise.runtime.process.session;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.mortise.api.CallInfo;
import dev.mortise.api.FunctionException;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.runtime.process.reflection.ReceivedMessage;
import dev.mortise.runtime.process.reflection.ReflectedFunction;
import dev.mortise.runtime.process.wire.CallLoop;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plugin that was made for another host: its unary methods are its functions. */
final class ReflectedSession implements PluginSession {

    private final Channel channel;
    private final CallDeadline deadline;
    private final Map<String, ReflectedFunction> functions = new LinkedHashMap<>();

    ReflectedSession(Channel channel, List<ReflectedFunction> functions, InstantSource clock) {
        this.channel = channel;
        this.deadline = new CallDeadline(clock);
        functions.forEach(function -> this.functions.put(function.name(), function));
    }

    @Override
    public Offer offer() {
        return new Offer(
                functions.values().stream()
                        .map(function -> new Offer.Function(
                                function.name(),
                                function.description(),
                                function.params(),
                                function.result(),
                                function.isIdempotent()))
                        .toList(),
                List.of(),
                List.of(),
                List.of(),
                false);
    }

    @Override
    public JsonValue call(String name, JsonObject params, CallInfo info)
            throws FunctionException, PluginFault, InterruptedException {
        ReflectedFunction function = functions.get(name);
        if (function == null) {
            throw new PluginFault("it no longer has the function " + name + "; reload it");
        }
        byte[] request;
        try {
            request = function.request(params);
        } catch (InvalidProtocolBufferException e) {
            throw new FunctionException("invalid_params", String.valueOf(e.getMessage()));
        }
        try {
            ReceivedMessage response = CallLoop.call(channel, function.method(), deadline.of(info), request);
            return PluginJson.orFault(function.response(response), "the answer of " + name);
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.CANCELLED && Thread.interrupted()) {
                throw new InterruptedException("interrupted while waiting for " + name);
            }
            throw StatusFailure.of(e.getStatus());
        } catch (InvalidProtocolBufferException e) {
            throw new PluginFault("its answer cannot be written as JSON: " + e.getMessage());
        }
    }
}

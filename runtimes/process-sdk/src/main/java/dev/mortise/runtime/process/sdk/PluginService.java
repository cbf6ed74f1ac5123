package dev.mortise.runtime.process.sdk;

import dev.mortise.api.CallInfo;
import dev.mortise.api.Decision;
import dev.mortise.api.EventInfo;
import dev.mortise.api.FunctionException;
import dev.mortise.api.WebhookReply;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.plugin.v1.Block;
import dev.mortise.plugin.v1.CallRequest;
import dev.mortise.plugin.v1.CallResponse;
import dev.mortise.plugin.v1.ConfigureRequest;
import dev.mortise.plugin.v1.ConfigureResponse;
import dev.mortise.plugin.v1.DescribeRequest;
import dev.mortise.plugin.v1.DescribeResponse;
import dev.mortise.plugin.v1.Event;
import dev.mortise.plugin.v1.EventsRequest;
import dev.mortise.plugin.v1.Failure;
import dev.mortise.plugin.v1.HearRequest;
import dev.mortise.plugin.v1.HearResponse;
import dev.mortise.plugin.v1.Passthrough;
import dev.mortise.plugin.v1.PluginGrpc;
import dev.mortise.plugin.v1.ReceiveWebhookRequest;
import dev.mortise.plugin.v1.ReceiveWebhookResponse;
import dev.mortise.plugin.v1.RunHookRequest;
import dev.mortise.plugin.v1.RunHookResponse;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Serves what an author has given to {@link MortisePlugin}. */
final class PluginService extends PluginGrpc.PluginImplBase {

    /** What a handler is told where the host sets no deadline. */
    private static final Duration NO_DEADLINE = Duration.ofDays(1);

    private final Map<String, MortisePlugin.Function> functions = new LinkedHashMap<>();
    private final Map<String, MortisePlugin.Hook> hooks = new LinkedHashMap<>();
    private final List<MortisePlugin.EventType> events;
    private final List<MortisePlugin.Listener> listeners;
    private final Optional<MortisePlugin.WebhookHandler> webhook;
    private final MortisePlugin.Configuration configuration;
    private final RemoteHost host;
    private boolean configured;

    PluginService(
            List<MortisePlugin.Function> functions,
            List<MortisePlugin.Hook> hooks,
            List<MortisePlugin.EventType> events,
            List<MortisePlugin.Listener> listeners,
            Optional<MortisePlugin.WebhookHandler> webhook,
            MortisePlugin.Configuration configuration,
            RemoteHost host) {
        functions.forEach(function -> this.functions.put(function.name(), function));
        hooks.forEach(hook -> this.hooks.put(hook.name(), hook));
        this.events = List.copyOf(events);
        this.listeners = List.copyOf(listeners);
        this.webhook = webhook;
        this.configuration = configuration;
        this.host = host;
    }

    @Override
    public void describe(DescribeRequest request, StreamObserver<DescribeResponse> answer) {
        DescribeResponse.Builder described = DescribeResponse.newBuilder();
        functions
                .values()
                .forEach(function -> described
                        .addFunctionsBuilder()
                        .setName(function.name())
                        .setDescription(function.description())
                        .setParamsSchema(function.params().toString())
                        .setResultSchema(function.result().toString())
                        .setIdempotent(function.idempotent()));
        hooks.values()
                .forEach(hook ->
                        described.addHooksBuilder().setName(hook.name()).addAllMetadataKeys(hook.metadataKeys()));
        events.forEach(event -> described
                .addEventsBuilder()
                .setName(event.name())
                .setDescription(event.description())
                .setPayloadSchema(event.payload().toString()));
        listeners.forEach(listener ->
                described.addListenersBuilder().setEvent(listener.event()).setFrom(listener.from()));
        described.setWebhook(webhook.isPresent());
        answer.onNext(described.build());
        answer.onCompleted();
    }

    @Override
    public synchronized void configure(ConfigureRequest request, StreamObserver<ConfigureResponse> answer) {
        respond(answer, () -> {
            JsonObject config = JsonText.object(request.getConfig());
            boolean first = !configured;
            if (first) {
                host.configure(request, config);
            }
            boolean taken;
            try {
                taken = configuration.configure(config, first) || first;
            } catch (Exception e) {
                return ConfigureResponse.newBuilder().setRefusal(reason(e)).build();
            }
            configured = true;
            if (taken) {
                host.configure(request, config);
            }
            return ConfigureResponse.newBuilder().setRestartRequired(!taken).build();
        });
    }

    @Override
    public void call(CallRequest request, StreamObserver<CallResponse> answer) {
        respond(answer, () -> {
            MortisePlugin.Function function = functions.get(request.getFunction());
            if (function == null) {
                throw new IllegalArgumentException("there is no function " + request.getFunction());
            }
            CallInfo info = new CallInfo(request.getCaller(), request.getTraceId(), deadline());
            try {
                JsonValue result = ScopedValue.where(RemoteHost.CALL, request.getCallId())
                        .call(() -> function.handler().call(JsonText.object(request.getParams()), info));
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

    private static Instant deadline() {
        Deadline deadline = Context.current().getDeadline();
        return Instant.now()
                .plus(deadline == null ? NO_DEADLINE : Duration.ofNanos(deadline.timeRemaining(TimeUnit.NANOSECONDS)));
    }

    @Override
    public void runHook(RunHookRequest request, StreamObserver<RunHookResponse> answer) {
        respond(answer, () -> {
            MortisePlugin.Hook hook = hooks.get(request.getHook());
            if (hook == null) {
                throw new IllegalArgumentException("there is no hook '" + request.getHook() + "'");
            }
            RemoteHookContext context = new RemoteHookContext(request, host.state());
            RunHookResponse.Builder response = RunHookResponse.newBuilder();
            switch (hook.handler().decide(context)) {
                case Decision.Passthrough _ -> response.setPassthrough(Passthrough.getDefaultInstance());
                case Decision.Modify modify -> {
                    response.setModify(modify.body().map(JsonObject::toString).orElse(""));
                    modify.response().ifPresent(changed -> response.setModifyResponse(changed.toString()));
                    modify.message().ifPresent(response::setModifyMessage);
                }
                case Decision.Respond(JsonObject body) -> response.setRespond(body.toString());
                case Decision.Block(int status, String type, String message) ->
                    response.setBlock(Block.newBuilder()
                            .setStatus(status)
                            .setErrorType(type)
                            .setMessage(message));
            }
            context.put().forEach((key, value) -> response.putPutMetadata(key, value.toString()));
            return response.build();
        });
    }

    @Override
    public void receiveWebhook(ReceiveWebhookRequest request, StreamObserver<ReceiveWebhookResponse> answer) {
        respond(answer, () -> {
            MortisePlugin.WebhookHandler handler =
                    webhook.orElseThrow(() -> new IllegalArgumentException("it receives no webhooks"));
            CallInfo info = new CallInfo(request.getCaller(), request.getTraceId(), deadline());
            WebhookReply reply = ScopedValue.where(RemoteHost.CALL, request.getCallId())
                    .call(() -> handler.receive(WebhookMessages.request(request), info));
            return WebhookMessages.response(reply);
        });
    }

    @Override
    public void hear(HearRequest request, StreamObserver<HearResponse> answer) {
        respond(answer, () -> {
            EventInfo info = new EventInfo(
                    request.getEvent(),
                    request.getSource(),
                    request.getSequence(),
                    Instant.ofEpochMilli(request.getTimeUnixMillis()));
            JsonObject payload = JsonText.object(request.getPayload());
            for (MortisePlugin.Listener listener : listeners) {
                if (listener.event().equals(info.name())
                        && (listener.from().isEmpty() || listener.from().equals(info.source()))) {
                    listener.handler().hear(info, payload);
                }
            }
            return HearResponse.getDefaultInstance();
        });
    }

    @Override
    public void events(EventsRequest request, StreamObserver<Event> answer) {
        ServerCallStreamObserver<Event> stream = (ServerCallStreamObserver<Event>) answer;
        stream.setOnCancelHandler(host::keep);
        host.send(stream::onNext);
    }

    /** Runs a handler; its thread is interrupted when the host cancels the call. */
    private <T> void respond(StreamObserver<T> answer, Callable<T> work) {
        Thread thread = Thread.currentThread();
        Context.CancellationListener interrupt = context -> thread.interrupt();
        Context context = Context.current();
        context.addListener(interrupt, Runnable::run);
        T response;
        try {
            response = work.call();
        } catch (IllegalArgumentException e) {
            answer.onError(Status.INTERNAL.withDescription(reason(e)).asRuntimeException());
            return;
        } catch (Exception e) {
            host.logger().log(System.Logger.Level.WARNING, "a handler of the plugin failed", e);
            answer.onError(Status.INTERNAL.withDescription(reason(e)).asRuntimeException());
            return;
        } finally {
            context.removeListener(interrupt);
            boolean unused = Thread.interrupted();
        }
        answer.onNext(response);
        answer.onCompleted();
    }

    private static String reason(Exception e) {
        String message = e.getMessage();
        return e.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
}

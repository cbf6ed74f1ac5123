package dev.mortise.runtime.process.session;

import dev.mortise.api.CallInfo;
import dev.mortise.api.Decision;
import dev.mortise.api.EventInfo;
import dev.mortise.api.FunctionException;
import dev.mortise.api.HookContext;
import dev.mortise.api.WebhookReply;
import dev.mortise.api.WebhookRequest;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.plugin.v1.CallRequest;
import dev.mortise.plugin.v1.CallResponse;
import dev.mortise.plugin.v1.ConfigureRequest;
import dev.mortise.plugin.v1.ConfigureResponse;
import dev.mortise.plugin.v1.DescribeResponse;
import dev.mortise.plugin.v1.Failure;
import dev.mortise.plugin.v1.HearRequest;
import dev.mortise.plugin.v1.Hook;
import dev.mortise.plugin.v1.PluginGrpc;
import dev.mortise.plugin.v1.RunHookRequest;
import dev.mortise.plugin.v1.RunHookResponse;
import dev.mortise.runtime.process.wire.CallLoop;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** A plugin that was made for Mortise: it serves {@code mortise.plugin.v1.Plugin}. */
final class AuthoredSession implements PluginSession {

    private final Channel channel;
    private final HostService host;
    private final CallDeadline deadline;
    private final ConfigureRequest settings;
    private final Offer offer;
    private final Map<String, Hook> hooks = new HashMap<>();

    AuthoredSession(
            Channel channel,
            HostService host,
            CallDeadline deadline,
            ConfigureRequest settings,
            DescribeResponse described)
            throws PluginFault {
        this.channel = channel;
        this.host = host;
        this.deadline = deadline;
        this.settings = settings;
        this.offer = DescribedOffer.of(described);
        described.getHooksList().forEach(hook -> hooks.put(hook.getName(), hook));
    }

    @Override
    public Offer offer() {
        return offer;
    }

    /** The first configuration, which the plugin must take. */
    void configure(CallOptions options) throws PluginFault {
        ConfigureResponse answer = configure(settings, options);
        if (answer.getRestartRequired()) {
            throw new PluginFault("it wants to be restarted for the configuration that it starts with");
        }
    }

    @Override
    public boolean reconfigure(JsonObject config) throws PluginFault {
        return !configure(settings.toBuilder().setConfig(config.toString()).build(), CallOptions.DEFAULT)
                .getRestartRequired();
    }

    private ConfigureResponse configure(ConfigureRequest request, CallOptions options) throws PluginFault {
        try {
            ConfigureResponse answer = CallLoop.call(channel, PluginGrpc.getConfigureMethod(), options, request);
            if (!answer.getRefusal().isEmpty()) {
                throw new PluginFault("it refuses its configuration: " + answer.getRefusal());
            }
            return answer;
        } catch (StatusRuntimeException e) {
            throw PluginFault.of(e.getStatus());
        }
    }

    @Override
    public JsonValue call(String function, JsonObject params, CallInfo info)
            throws FunctionException, PluginFault, InterruptedException {
        CallLoop loop = new CallLoop();
        long id = host.begin(loop);
        try {
            CallRequest request = CallRequest.newBuilder()
                    .setFunction(function)
                    .setParams(params.toString())
                    .setCaller(info.caller())
                    .setTraceId(info.traceId())
                    .setCallId(id)
                    .build();
            CallResponse answer =
                    await(loop, loop.begin(channel, PluginGrpc.getCallMethod(), deadline.of(info), request));
            return switch (answer.getOutcomeCase()) {
                case RESULT -> PluginJson.value(answer.getResult(), "the result of " + function);
                case FAILURE -> throw failure(answer.getFailure());
                case OUTCOME_NOT_SET -> throw new PluginFault("it answers with neither result nor failure");
            };
        } finally {
            host.end(id);
            loop.end();
        }
    }

    @Override
    public WebhookReply receive(WebhookRequest request, CallInfo info) throws PluginFault, InterruptedException {
        CallLoop loop = new CallLoop();
        long id = host.begin(loop);
        try {
            return WebhookMessages.reply(answered(
                    loop,
                    loop.begin(
                            channel,
                            PluginGrpc.getReceiveWebhookMethod(),
                            deadline.of(info),
                            WebhookMessages.request(request, info, id))));
        } catch (ExecutionException e) {
            throw PluginFault.of(Status.fromThrowable(e));
        } finally {
            host.end(id);
            loop.end();
        }
    }

    private static <T> T await(CallLoop loop, Future<T> answer)
            throws PluginFault, FunctionException, InterruptedException {
        try {
            return answered(loop, answer);
        } catch (ExecutionException e) {
            throw StatusFailure.of(Status.fromThrowable(e));
        }
    }

    private static <T> T answered(CallLoop loop, Future<T> answer) throws ExecutionException, InterruptedException {
        try {
            loop.await(answer);
            return answer.get();
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        }
    }

    private static FunctionException failure(Failure failure) throws PluginFault {
        JsonObject details = failure.getDetails().isEmpty()
                ? JsonObject.EMPTY
                : PluginJson.object(failure.getDetails(), "the details of a failure");
        return new FunctionException(failure.getCode(), failure.getMessage(), details);
    }

    /** The thread's interruption, by which the host ends a hook at its deadline, cancels the call. */
    @Override
    public Decision decide(String hook, HookContext context) throws PluginFault {
        Hook described = hooks.get(hook);
        if (described == null) {
            throw new PluginFault("it no longer has the hook '" + hook + "'; reload it");
        }
        RunHookRequest.Builder request = RunHookRequest.newBuilder()
                .setHook(hook)
                .setRing(context.ring())
                .setBody(context.body().toString())
                .setSessionId(context.sessionId())
                .setTraceId(context.traceId());
        context.response().ifPresent(response -> request.setResponse(response.toString()));
        for (String key : described.getMetadataKeysList()) {
            context.metadata(key).ifPresent(value -> request.putMetadata(key, value.toString()));
        }
        RunHookResponse answer;
        try {
            answer = CallLoop.call(channel, PluginGrpc.getRunHookMethod(), CallOptions.DEFAULT, request.build());
        } catch (StatusRuntimeException e) {
            throw PluginFault.of(e.getStatus());
        }
        Decision decision = decision(answer);
        for (Map.Entry<String, String> note : answer.getPutMetadataMap().entrySet()) {
            context.putMetadata(note.getKey(), PluginJson.value(note.getValue(), "the metadata " + note.getKey()));
        }
        return decision;
    }

    private static Decision decision(RunHookResponse answer) throws PluginFault {
        return switch (answer.getDecisionCase()) {
            case PASSTHROUGH -> Decision.passthrough();
            case MODIFY -> modify(answer);
            case RESPOND -> Decision.respond(PluginJson.object(answer.getRespond(), "the response"));
            case BLOCK -> {
                try {
                    yield Decision.block(
                            answer.getBlock().getStatus(),
                            answer.getBlock().getErrorType(),
                            answer.getBlock().getMessage());
                } catch (IllegalArgumentException e) {
                    throw new PluginFault(String.valueOf(e.getMessage()));
                }
            }
            case DECISION_NOT_SET -> throw new PluginFault("it answers without a decision");
        };
    }

    private static Decision modify(RunHookResponse answer) throws PluginFault {
        Optional<JsonObject> body = Optional.empty();
        Optional<JsonObject> response = Optional.empty();
        if (!answer.getModify().isEmpty()) {
            body = Optional.of(PluginJson.object(answer.getModify(), "the modified message"));
        }
        if (!answer.getModifyResponse().isEmpty()) {
            response = Optional.of(PluginJson.object(answer.getModifyResponse(), "the modified response"));
        }
        if (body.isEmpty() && response.isEmpty()) {
            throw new PluginFault("it answers that it modifies the request, and with nothing");
        }
        return new Decision.Modify(
                body, response, Optional.of(answer.getModifyMessage()).filter(message -> !message.isEmpty()));
    }

    @Override
    public void hear(EventInfo event, JsonObject payload) throws PluginFault {
        HearRequest request = HearRequest.newBuilder()
                .setEvent(event.name())
                .setPayload(payload.toString())
                .setSource(event.source())
                .setSequence(event.sequence())
                .setTimeUnixMillis(event.time().toEpochMilli())
                .build();
        try {
            var unused = CallLoop.call(channel, PluginGrpc.getHearMethod(), CallOptions.DEFAULT, request);
        } catch (StatusRuntimeException e) {
            throw PluginFault.of(e.getStatus());
        }
    }
}

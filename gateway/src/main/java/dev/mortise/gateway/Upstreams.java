package dev.mortise.gateway;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.llm.LlmCall;
import dev.mortise.contracts.llm.LlmProvider;
import dev.mortise.contracts.llm.UpstreamError;
import dev.mortise.gateway.ModelRouter.Target;
import dev.mortise.host.Services;
import dev.mortise.host.model.PluginId;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Asks providers, one after the other, until one answers. Once a client could have seen anything of one, no other is asked. */
final class Upstreams {

    /**
     * A provider that has begun to answer, or the last one that has not.
     *
     * @param call still going on if the first event is a chunk; whoever gets this closes it
     */
    record Opened(Target target, UpstreamCall call, UpstreamEvent first) {}

    private static final System.Logger LOG = System.getLogger(Upstreams.class.getName());

    private final GatewaySettings settings;
    private final InstantSource clock;
    private final GatewayCounts counts;

    Upstreams(GatewaySettings settings, InstantSource clock, GatewayCounts counts) {
        this.settings = settings;
        this.clock = clock;
        this.counts = counts;
    }

    /**
     * Waits for the first that a provider has to say.
     *
     * @param body as the hooks have left it
     * @param targets at least one
     * @throws ClientGoneException if the client has hung up meanwhile
     */
    Opened open(
            GatewayRequest request,
            JsonObject body,
            boolean stream,
            String traceId,
            List<Target> targets,
            Services services,
            Client client)
            throws IOException {
        for (int i = 0; ; i++) {
            Opened opened = open(request, body, stream, traceId, targets.get(i), services, client);
            if (!(opened.first() instanceof UpstreamEvent.Failure(ServiceException reason))) {
                return opened;
            }
            warnOfCredentials(targets.get(i).provider(), reason, traceId);
            if (i == targets.size() - 1 || !isWorthAnother(reason)) {
                return opened;
            }
            opened.call().close();
            counts.fallbacks.increment();
        }
    }

    private Opened open(
            GatewayRequest request,
            JsonObject body,
            boolean stream,
            String traceId,
            Target target,
            Services services,
            Client client)
            throws IOException {
        Timeouts timeouts = settings.timeouts(target.provider());
        LlmProvider provider = services.get(LlmProvider.class, target.provider());
        JsonObject named = named(body, target.model());
        Instant now = clock.instant();
        LlmCall call = named == request.body()
                ? LlmCall.start(traceId, now, timeouts.total(), named, request.text())
                : LlmCall.start(traceId, now, timeouts.total());
        UpstreamCall upstream = stream
                ? UpstreamCall.stream(call, sink -> request.operation().stream(provider, named, call, sink))
                : UpstreamCall.answer(call, () -> request.operation().call(provider, named, call));
        boolean opened = false;
        try {
            UpstreamEvent first = upstream.await(stream ? timeouts.firstByte() : timeouts.total(), client, () -> {});
            opened = true;
            return new Opened(target, upstream, first instanceof UpstreamEvent.End ? silence() : first);
        } finally {
            if (!opened) {
                upstream.close();
            }
        }
    }

    /** Clients are not told, and others hide it that answer in its place. */
    private static void warnOfCredentials(PluginId provider, ServiceException reason, String traceId) {
        if (reason instanceof UpstreamError error && error.status() == GatewayError.UNAUTHENTICATED) {
            LOG.log(
                    Level.WARNING,
                    "the server of the provider {0} does not accept its credentials, look at its configuration (trace {1})",
                    provider,
                    traceId);
        }
    }

    private static JsonObject named(JsonObject body, String model) {
        return model.equals(body.text("model").orElse("")) ? body : body.with("model", model);
    }

    private static UpstreamEvent silence() {
        return new UpstreamEvent.Failure(
                new ServiceException(Kind.FAILED, "the model's stream ended with nothing in it"));
    }

    /** Whether it was the provider that failed, and not the request that no provider can answer. */
    private static boolean isWorthAnother(ServiceException failure) {
        if (failure instanceof UpstreamError error) {
            return switch (error.status()) {
                case 401, 403, 404, 408, 429 -> true;
                default -> error.status() >= 500;
            };
        }
        return switch (failure.kind()) {
            case NOT_FOUND, UNSUPPORTED, UNAVAILABLE, DEADLINE_EXCEEDED, FAILED -> true;
            case INVALID, CONFLICT, CANCELLED -> false;
        };
    }
}

package dev.mortise.gateway;

import static dev.mortise.gateway.GatewayRings.INGRESS;
import static dev.mortise.gateway.GatewayRings.POST_FLIGHT;
import static dev.mortise.gateway.GatewayRings.PRE_FLIGHT;
import static dev.mortise.gateway.GatewayRings.ROUTING;

import dev.mortise.api.ServiceException;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.contracts.llm.ChatRequest;
import dev.mortise.contracts.llm.LlmProvider;
import dev.mortise.gateway.GatewayReply.Abandoned;
import dev.mortise.gateway.GatewayReply.Answered;
import dev.mortise.gateway.GatewayReply.Failed;
import dev.mortise.gateway.GatewayReply.Streaming;
import dev.mortise.gateway.Upstreams.Opened;
import dev.mortise.host.RingOutcome;
import dev.mortise.host.model.PluginId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One request on its way, from the first ring to its reply. */
final class RequestRun {

    private final ChatGateway gateway;
    private final GatewayRequest request;
    private final Client client;
    private final RequestPass pass;
    private final boolean stream;

    RequestRun(ChatGateway gateway, GatewayRequest request, Client client, RequestPass pass) {
        this.gateway = gateway;
        this.request = request;
        this.client = client;
        this.pass = pass;
        this.stream = request.isStream() && request.operation().canStream();
    }

    GatewayReply reply() {
        List<PluginId> offered = pass.services().providers(LlmProvider.class);
        ModelRouter.Route route = resolve(offered);
        // All three at once: a ring of its own would cost another change of threads.
        RingOutcome admitted = pass.run(INGRESS, PRE_FLIGHT, ROUTING);
        if (!(admitted instanceof RingOutcome.Proceed)) {
            return ended(admitted);
        }
        route = asRouted(route, offered);
        return route.targets().isEmpty() ? failed(GatewayError.noProvider()) : ask(route);
    }

    /** A hook has ended it: with an error, or with an answer of its own. */
    private GatewayReply ended(RingOutcome outcome) {
        return switch (outcome) {
            case RingOutcome.Proceed _ -> throw new IllegalStateException("the request goes on");
            case RingOutcome.Blocked blocked -> {
                // Nobody behind the door has seen what was refused at it.
                if (blocked.ring().equals(INGRESS)) {
                    pass.close();
                } else {
                    pass.blocked(blocked.status());
                    pass.finish();
                }
                yield new Failed(GatewayError.of(blocked), Optional.of(pass.origin()));
            }
            case RingOutcome.Responded(var _, var _, JsonObject response) -> {
                pass.hit();
                pass.finish();
                yield whole(response);
            }
        };
    }

    /** An answer that is there, in the form that the client wants. */
    private GatewayReply whole(JsonObject response) {
        return stream
                ? new Streaming(new ReplayedStream(chunks(response)), pass.origin())
                : new Answered(response, pass.origin());
    }

    private List<String> chunks(JsonObject response) {
        return ReplyChunks.of(request.operation(), response, new ChatRequest(request.body()).wantsUsage());
    }

    /** Hooks see the model by the one name that all its providers know, whatever the client calls it. */
    private ModelRouter.Route resolve(List<PluginId> offered) {
        String named = model();
        ModelRouter.Route route = gateway.router().route(named, offered);
        route.alias().ifPresent(alias -> pass.note(RequestMetadata.ALIAS, new JsonString(alias)));
        route.first().ifPresent(first -> pass.note(RequestMetadata.RESOLVED, new JsonString(first.value())));
        if (!route.model().equals(named)) {
            pass.replace(pass.body().with("model", route.model()));
        }
        return route;
    }

    private String model() {
        return pass.body().text("model").orElse("");
    }

    /** Hooks that route either ask for another model or name another provider. */
    private ModelRouter.Route asRouted(ModelRouter.Route resolved, List<PluginId> offered) {
        ModelRouter.Route route =
                model().equals(resolved.model()) ? resolved : gateway.router().instead(resolved, model(), offered);
        return pass.noted(RequestMetadata.RESOLVED)
                .filter(PluginId::isValid)
                .map(PluginId::new)
                .filter(id -> !resolved.first().equals(Optional.of(id)))
                .map(id -> route.preferring(id, offered))
                .orElse(route);
    }

    private GatewayReply ask(ModelRouter.Route route) {
        pass.asking();
        Opened opened;
        try {
            opened = gateway.upstreams()
                    .open(request, pass.body(), stream, pass.traceId(), route.targets(), pass.services(), client);
        } catch (IOException e) {
            return abandoned();
        }
        pass.answering(opened.target().provider());
        return switch (opened.first()) {
            case UpstreamEvent.Answer(JsonObject answer) -> {
                opened.call().close();
                pass.answered();
                yield checked(answer);
            }
            case UpstreamEvent.Failure(ServiceException reason) -> {
                opened.call().close();
                pass.answered();
                yield failed(GatewayError.of(reason));
            }
            case UpstreamEvent.Chunk _ ->
                gateway.settings().holdStreams() || pass.isToBeHeld() ? held(opened) : passing(opened);
            case UpstreamEvent.End _ -> throw new IllegalStateException("a stream that has ended is not opened");
        };
    }

    /** Through the ring behind the model. */
    private GatewayReply checked(JsonObject answer) {
        pass.respond(answer);
        RingOutcome outcome = pass.run(POST_FLIGHT);
        JsonObject response = pass.response(answer);
        pass.finish();
        return outcome instanceof RingOutcome.Blocked blocked
                ? new Failed(GatewayError.of(blocked), Optional.of(pass.origin()))
                : whole(response);
    }

    private GatewayReply passing(Opened opened) {
        PassingStream passing = new PassingStream(
                pass,
                opened,
                client,
                gateway.settings(),
                new StreamAssembly(request.operation(), gateway.settings().streamBuffer()));
        return new Streaming(passing, pass.origin());
    }

    /** The client sees nothing of the stream before all of it has passed the ring behind the model. */
    private GatewayReply held(Opened opened) {
        StreamAssembly assembly =
                new StreamAssembly(request.operation(), gateway.settings().streamBuffer());
        try (UpstreamCall call = opened.call()) {
            List<String> chunks = new ArrayList<>();
            UpstreamEvent event = opened.first();
            while (event instanceof UpstreamEvent.Chunk(JsonObject json)) {
                String text = json.toString();
                chunks.add(text);
                assembly.add(json, text.length());
                if (assembly.isTruncated()) {
                    pass.answered();
                    pass.respond(assembly.toResponse());
                    return failed(GatewayError.tooLarge(gateway.settings().streamBuffer()));
                }
                event = call.await(idle(opened), client, () -> {});
            }
            pass.answered();
            if (event instanceof UpstreamEvent.Failure(ServiceException reason)) {
                // What has come so far has been paid for.
                pass.respond(assembly.toResponse());
                return failed(GatewayError.of(reason));
            }
            return released(assembly.toResponse(), chunks);
        } catch (IOException e) {
            pass.respond(assembly.toResponse());
            return abandoned();
        }
    }

    private GatewayReply released(JsonObject answer, List<String> chunks) {
        pass.respond(answer);
        RingOutcome outcome = pass.run(POST_FLIGHT);
        JsonObject response = pass.response(answer);
        pass.finish();
        return switch (outcome) {
            case RingOutcome.Blocked blocked -> new Failed(GatewayError.of(blocked), Optional.of(pass.origin()));
            case RingOutcome.Proceed _
            when response == answer -> new Streaming(new ReplayedStream(chunks), pass.origin());
            case RingOutcome.Proceed _, RingOutcome.Responded _ -> whole(response);
        };
    }

    private Duration idle(Opened opened) {
        return gateway.settings().timeouts(opened.target().provider()).idle();
    }

    private GatewayReply failed(GatewayError error) {
        pass.failed(error);
        pass.finish();
        return new Failed(error, Optional.of(pass.origin()));
    }

    private GatewayReply abandoned() {
        pass.abandoned();
        return new Abandoned(pass.origin());
    }
}

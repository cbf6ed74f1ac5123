package dev.mortise.gateway;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.llm.LlmCall;
import dev.mortise.contracts.llm.LlmProvider;
import dev.mortise.contracts.llm.Model;
import dev.mortise.host.Mortise;
import dev.mortise.host.ProblemException;
import dev.mortise.host.RingRequest;
import dev.mortise.host.Services;
import dev.mortise.host.model.PluginId;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Language models behind five rings. The host must have the rings of {@link GatewayRings#ALL}. Safe for use by several
 * threads.
 */
public final class ChatGateway {

    private static final Duration LISTING = Duration.ofSeconds(10);

    private final Mortise host;
    private final GatewaySettings settings;
    private final InstantSource clock;
    private final GatewayCounts counts = new GatewayCounts();
    private final ModelRouter router;
    private final Upstreams upstreams;

    public ChatGateway(Mortise host, GatewaySettings settings, InstantSource clock) {
        this.host = host;
        this.settings = settings;
        this.clock = clock;
        this.router = new ModelRouter(settings);
        this.upstreams = new Upstreams(settings, clock, counts);
    }

    /**
     * Has a request answered, in one generation of the host from beginning to end.
     *
     * @throws ProblemException if the host is shutting down
     */
    public GatewayReply handle(GatewayRequest request, Client client) {
        Optional<GatewayError> mistake = request.operation().mistake(request.body());
        if (mistake.isPresent()) {
            return new GatewayReply.Failed(mistake.get(), Optional.empty());
        }
        counts.requests.increment();
        RequestPass pass = new RequestPass(host.rings().open(entering(request)), clock, counts);
        boolean replied = false;
        try {
            GatewayReply reply = new RequestRun(this, request, client, pass).reply();
            replied = true;
            return reply;
        } finally {
            if (!replied) {
                pass.close();
            }
        }
    }

    private RingRequest<JsonObject> entering(GatewayRequest request) {
        String caller = request.caller().name();
        RingRequest<JsonObject> entering = RingRequest.of(request.body())
                .in(request.session()
                        .or(() -> request.body().text("user"))
                        .filter(session -> !session.isBlank())
                        .orElse(caller))
                .by(request.caller())
                .with(RequestMetadata.of(request, settings.caller(caller), clock.instant()));
        return request.traceId().map(entering::traced).orElse(entering);
    }

    /**
     * The models that clients may ask for, by the names under which they may. A provider that does not say in time is
     * left out.
     */
    public List<Model> models() {
        Map<PluginId, UpstreamCall> asked = new LinkedHashMap<>();
        Services services = host.services();
        for (PluginId id : services.providers(LlmProvider.class)) {
            LlmProvider provider = services.get(LlmProvider.class, id);
            asked.put(
                    id,
                    UpstreamCall.answer(
                            LlmCall.start("models-of-" + id, clock.instant(), LISTING),
                            () -> JsonObject.of(
                                    "data",
                                    provider.models().stream()
                                            .map(Model::toJson)
                                            .toList())));
        }
        List<Model> models = new ArrayList<>();
        settings.models().keySet().forEach(alias -> models.add(new Model(alias, 0, "mortise")));
        asked.forEach((id, call) -> models.addAll(listed(id, call)));
        return models;
    }

    private static List<Model> listed(PluginId id, UpstreamCall call) {
        try (call) {
            return call.await(LISTING, Client.PATIENT, () -> {}) instanceof UpstreamEvent.Answer(JsonObject list)
                    ? list.array("data").orElse(JsonArray.EMPTY).values().stream()
                            .map(JsonObject.class::cast)
                            .map(model -> new Model(
                                    id + "/" + model.text("id").orElse(""),
                                    model.integer("created").orElse(0),
                                    model.text("owned_by").orElse("")))
                            .toList()
                    : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    /**
     * A model by a name under which it may be asked for: with its provider's id, or without where that provider is the
     * one that would be asked.
     */
    public Optional<Model> model(String name) {
        List<Model> models = models();
        List<PluginId> offered = host.services().providers(LlmProvider.class);
        return models.stream()
                .filter(model -> model.id().equals(name))
                .findFirst()
                .or(() -> router.route(name, offered).targets().stream()
                        .map(target -> target.provider() + "/" + target.model())
                        .flatMap(
                                id -> models.stream().filter(model -> model.id().equals(id)))
                        .findFirst()
                        .map(model -> new Model(name, model.created(), model.ownedBy())));
    }

    public GatewayCounts counts() {
        return counts;
    }

    public GatewaySettings settings() {
        return settings;
    }

    Mortise host() {
        return host;
    }

    ModelRouter router() {
        return router;
    }

    Upstreams upstreams() {
        return upstreams;
    }
}

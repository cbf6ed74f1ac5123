package dev.mortise.gateway;

import dev.mortise.host.RingDefinition;
import dev.mortise.host.model.FailPolicy;
import java.util.List;

/** The rings of a gateway, to be given to the builder of its host. */
public final class GatewayRings {

    public static final String INGRESS = "ingress";
    public static final String PRE_FLIGHT = "pre_flight";
    public static final String ROUTING = "routing";
    public static final String POST_FLIGHT = "post_flight";
    public static final String BACKGROUND = "background";

    /** In the order in which a request meets them. */
    public static final List<RingDefinition> ALL = List.of(
            RingDefinition.before(INGRESS, FailPolicy.CLOSED, "as the request comes in: who may ask, and how often"),
            RingDefinition.before(PRE_FLIGHT, FailPolicy.OPEN, "what is asked: budgets, masking, answers of a cache"),
            RingDefinition.before(ROUTING, FailPolicy.CLOSED, "which model is to answer"),
            RingDefinition.after(POST_FLIGHT, FailPolicy.OPEN, "what was answered, before the client sees it"),
            RingDefinition.after(BACKGROUND, FailPolicy.OPEN, "after the answer: costs, telemetry"));

    private GatewayRings() {}
}

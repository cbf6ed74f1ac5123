package dev.mortise.testkit;

import dev.mortise.api.json.JsonNull;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.spi.Contributions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A function that does what the test has left here: a way into a plugin that the guard watches over like any other. */
final class Door {

    static final String FUNCTION = "testkit";

    private static final String TICKET = "ticket";

    private final AtomicLong tickets = new AtomicLong();
    private final Map<Long, Errand> errands = new ConcurrentHashMap<>();

    @FunctionalInterface
    interface Errand {
        void run() throws Exception;
    }

    /** @return the parameters with which the function runs the errand, once */
    JsonObject leave(Errand errand) {
        long ticket = tickets.incrementAndGet();
        errands.put(ticket, errand);
        return JsonObject.of(TICKET, ticket);
    }

    Contributions.Function function() {
        return new Contributions.Function(
                FUNCTION,
                "Runs a hook, a routine or a health check for the test",
                JsonObject.of("type", "object"),
                JsonObject.EMPTY,
                false,
                (params, _) -> run(params));
    }

    private JsonValue run(JsonObject params) throws Exception {
        Errand errand = errands.remove(params.integer(TICKET).orElse(0));
        if (errand == null) {
            throw new IllegalStateException("this function is for the testkit alone");
        }
        errand.run();
        return JsonNull.NULL;
    }
}

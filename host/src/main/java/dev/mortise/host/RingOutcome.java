package dev.mortise.host;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.model.PluginId;
import java.util.Optional;

/** What rings have decided about a request. */
public sealed interface RingOutcome {

    /** It goes on, with the body and response that the pass now has. */
    record Proceed() implements RingOutcome {}

    /**
     * It ends here, with this error for the client.
     *
     * @param status an HTTP status from 400 to 599
     * @param errorType stable, in snake case
     * @param failure present where no hook decided so, but one failed and its policy is to block
     */
    record Blocked(
            String ring, PluginId plugin, int status, String errorType, String message, Optional<Problem> failure)
            implements RingOutcome {}

    /** It ends here, with this response for the client. */
    record Responded(String ring, PluginId plugin, JsonObject response) implements RingOutcome {}
}

package dev.mortise.server.route;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Problem;

/** How operations tell of problems whose callers do not expect problem details. */
public interface ErrorForm {

    Answer render(Problem problem);

    String mediaType();

    /** JSON Schema of the body. */
    JsonObject schema();
}

package dev.mortise.server.route;

import dev.mortise.api.json.JsonObject;

/** Something that an operation takes, by which a handler finds the value in its {@link Arguments}. */
public sealed interface Key<T> permits Parameter, Field {

    String name();

    String description();

    boolean required();

    /** JSON Schema of the value. */
    JsonObject schema();
}

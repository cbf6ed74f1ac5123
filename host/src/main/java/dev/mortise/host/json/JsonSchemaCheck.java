package dev.mortise.host.json;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import java.util.List;

/**
 * A compiled JSON Schema. For any number of threads.
 *
 * <p>A check is bounded whoever wrote the schema and the value: a million steps of the schema, a depth of a thousand,
 * ten million characters looked at by all patterns together. Beyond a bound the value counts as not fitting. What is
 * not bounded is the time of one step, which grows with the value: comparing a large value with a constant, or finding
 * repeated elements of a large array. The size of the value bounds that.
 */
public final class JsonSchemaCheck {

    private final JsonObject source;
    private final BoundedSchema schema;

    JsonSchemaCheck(JsonObject source, BoundedSchema schema) {
        this.source = source;
        this.schema = schema;
    }

    /** The schema as it was given. */
    public JsonObject schema() {
        return source;
    }

    /** Everything that does not fit, at most the first hundred; none if the value fits. */
    public List<Violation> violations(JsonValue value) {
        return schema.violations(value);
    }

    /** The value with the schema's defaults where it has no member: see {@link SchemaDefaults}. */
    public JsonObject withDefaults(JsonObject value) {
        return SchemaDefaults.fill(source, value);
    }
}

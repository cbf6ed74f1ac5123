package dev.mortise.runtime.jvm.shape;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.model.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A sealed interface of records: one of several objects, told apart by the member {@code type}. */
final class SealedShape implements Shape {

    static final String DISCRIMINATOR = "type";

    private final String name;
    private final Map<String, RecordShape> alternatives = new LinkedHashMap<>();

    SealedShape(String name) {
        this.name = name;
    }

    /** Adds a record; tells whether the name was free. */
    boolean add(String alternative, RecordShape shape) {
        return alternatives.putIfAbsent(alternative, shape) == null;
    }

    @Override
    public JsonObject schema(Definitions definitions) {
        return definitions.object(this, name, () -> {
            List<JsonObject> choices = new ArrayList<>();
            alternatives.forEach((type, shape) -> choices.add(tagged(type, shape.ownSchema(definitions))));
            return JsonObject.of("oneOf", choices);
        });
    }

    private static JsonObject tagged(String type, JsonObject schema) {
        Map<String, JsonValue> properties = new LinkedHashMap<>();
        properties.put(DISCRIMINATOR, JsonObject.of("const", type));
        properties.putAll(schema.object("properties").orElse(JsonObject.EMPTY).members());
        List<JsonValue> required = new ArrayList<>(List.of(new JsonString(DISCRIMINATOR)));
        schema.array("required").ifPresent(names -> required.addAll(names.values()));
        return schema.with("properties", properties).with("required", required);
    }

    @Override
    public Object read(JsonValue json, Place at) throws Mismatch {
        if (!(json instanceof JsonObject object)) {
            throw new Mismatch(at, "must be an object, not " + Text.abbreviate(json.toString()));
        }
        RecordShape shape = alternatives.get(object.text(DISCRIMINATOR).orElse(""));
        if (shape == null) {
            throw new Mismatch(at.member(DISCRIMINATOR), "must be one of " + String.join(", ", alternatives.keySet()));
        }
        return shape.read(object.without(DISCRIMINATOR), at);
    }

    @Override
    public JsonValue write(Object value) {
        for (Map.Entry<String, RecordShape> alternative : alternatives.entrySet()) {
            if (alternative.getValue().type() == value.getClass()) {
                Map<String, JsonValue> members = new LinkedHashMap<>();
                members.put(DISCRIMINATOR, new JsonString(alternative.getKey()));
                members.putAll(alternative.getValue().write(value).members());
                return new JsonObject(members);
            }
        }
        throw new IllegalArgumentException(value.getClass().getName() + " is none of the records of " + name);
    }
}

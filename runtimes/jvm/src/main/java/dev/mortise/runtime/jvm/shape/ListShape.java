package dev.mortise.runtime.jvm.shape;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.model.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list or collection: an array. */
record ListShape(Shape element) implements Shape {

    @Override
    public JsonObject schema(Definitions definitions) {
        return JsonObject.of("type", "array").with("items", element.schema(definitions));
    }

    @Override
    public Object read(JsonValue json, Place at) throws Mismatch {
        return Collections.unmodifiableList(readElements(json, at, element));
    }

    static List<@Nullable Object> readElements(JsonValue json, Place at, Shape element) throws Mismatch {
        if (!(json instanceof JsonArray(List<JsonValue> values))) {
            throw new Mismatch(at, "must be an array, not " + Text.abbreviate(json.toString()));
        }
        List<@Nullable Object> elements = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            elements.add(element.read(values.get(i), at.element(i)));
        }
        return elements;
    }

    @Override
    public JsonValue write(Object value) {
        return new JsonArray(
                ((Collection<?>) value).stream().map(element::toJson).toList());
    }
}

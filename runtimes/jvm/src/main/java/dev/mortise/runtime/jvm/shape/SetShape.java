package dev.mortise.runtime.jvm.shape;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A set: an array without duplicates, in its own order. */
record SetShape(Shape element) implements Shape {

    @Override
    public JsonObject schema(Definitions definitions) {
        return new ListShape(element).schema(definitions).with("uniqueItems", true);
    }

    @Override
    public Object read(JsonValue json, Place at) throws Mismatch {
        List<@Nullable Object> elements = ListShape.readElements(json, at, element);
        Set<@Nullable Object> set = new LinkedHashSet<>(elements);
        if (set.size() < elements.size()) {
            throw new Mismatch(at, "must not contain the same element twice");
        }
        return Collections.unmodifiableSet(set);
    }

    @Override
    public JsonValue write(Object value) {
        return new ListShape(element).write(value);
    }
}

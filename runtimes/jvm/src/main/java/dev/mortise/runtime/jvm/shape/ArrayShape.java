package dev.mortise.runtime.jvm.shape;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Java array, of objects or primitives. */
record ArrayShape(Class<?> componentType, Shape element) implements Shape {

    @Override
    public JsonObject schema(Definitions definitions) {
        return new ListShape(element).schema(definitions);
    }

    @Override
    public Object read(JsonValue json, Place at) throws Mismatch {
        List<@Nullable Object> elements = ListShape.readElements(json, at, element);
        Object array = Array.newInstance(componentType, elements.size());
        for (int i = 0; i < elements.size(); i++) {
            Array.set(array, i, elements.get(i));
        }
        return array;
    }

    @Override
    public JsonValue write(Object value) {
        List<JsonValue> values = new ArrayList<>();
        for (int i = 0; i < Array.getLength(value); i++) {
            values.add(element.toJson(Array.get(value, i)));
        }
        return new JsonArray(values);
    }
}

package dev.mortise.runtime.jvm.shape;

import dev.mortise.api.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The types that a schema must refer to by name because they contain themselves. All others stand where they are used,
 * which is easier on readers that do not follow references.
 */
public final class Definitions {

    /** Types that use others several times, level upon level, multiply. */
    private static final int MOST_OBJECTS = 1_000;

    private final Map<Shape, String> names = new HashMap<>();
    private final SortedMap<String, JsonObject> schemas = new TreeMap<>();
    private final List<Shape> open = new ArrayList<>();
    private int objects;

    /**
     * The schema of one shape with the definitions that it needs.
     *
     * @throws SignatureException if it would grow beyond all measure
     */
    public static JsonObject schemaOf(Shape shape, Site site) throws SignatureException {
        return complete(shape::schema, site);
    }

    /** A schema with everything that is defined while it is made. */
    static JsonObject complete(Function<Definitions, JsonObject> schema, Site site) throws SignatureException {
        Definitions definitions = new Definitions();
        try {
            JsonObject result = schema.apply(definitions);
            return definitions.schemas.isEmpty() ? result : result.with("$defs", definitions.schemas);
        } catch (TooLarge e) {
            throw site.error(
                    "its schema would have more than " + MOST_OBJECTS + " objects",
                    "use fewer records within each other");
        }
    }

    /**
     * The schema of an object, or a reference to it if it is within itself.
     *
     * @throws TooLarge if the schema has grown beyond all measure
     */
    JsonObject object(Shape shape, String name, Supplier<JsonObject> schema) {
        if (open.contains(shape) && !names.containsKey(shape)) {
            names.put(shape, free(name));
        }
        if (names.containsKey(shape)) {
            return reference(shape);
        }
        if (++objects > MOST_OBJECTS) {
            throw new TooLarge();
        }
        open.add(shape);
        JsonObject result = schema.get();
        open.remove(shape);
        if (!names.containsKey(shape)) {
            return result;
        }
        schemas.put(names.get(shape), result);
        return reference(shape);
    }

    private JsonObject reference(Shape shape) {
        return JsonObject.of("$ref", "#/$defs/" + names.get(shape));
    }

    private String free(String name) {
        String result = name;
        for (int i = 2; names.containsValue(result); i++) {
            result = name + i;
        }
        return result;
    }

    private static final class TooLarge extends RuntimeException {

        private static final long serialVersionUID = 1;

        TooLarge() {
            super(null, null, false, false);
        }
    }
}

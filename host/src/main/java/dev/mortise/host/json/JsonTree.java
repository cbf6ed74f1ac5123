package dev.mortise.host.json;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonNull;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.math.BigDecimal;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Our values as the nodes that the schema library reads. */
final class JsonTree {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final long EXACT_IN_DOUBLE = 1L << 53;

    private JsonTree() {}

    /** @throws NumberOutOfRange if a number is one that {@link JsonCodec} would not read */
    static JsonNode of(JsonValue value) {
        return switch (value) {
            case JsonNull.NULL -> NODES.nullNode();
            case JsonBoolean(boolean flag) -> NODES.booleanNode(flag);
            case JsonString(String text) -> NODES.stringNode(text);
            case JsonNumber number -> number(number);
            case JsonArray array -> {
                ArrayNode node = NODES.arrayNode(array.size());
                array.values().forEach(element -> node.add(of(element)));
                yield node;
            }
            case JsonObject object -> {
                ObjectNode node = NODES.objectNode();
                object.members().forEach((name, member) -> node.set(name, of(member)));
                yield node;
            }
        };
    }

    /**
     * The library computes with whole nodes as with doubles, so only those that a double holds become such. Beyond the
     * range of long it wants whole nodes again.
     */
    private static JsonNode number(JsonNumber number) {
        if (!ValueReader.hasOrdinarySize(number)) {
            throw new NumberOutOfRange();
        }
        OptionalLong whole = number.asLong();
        BigDecimal value = number.value();
        if (whole.isPresent()) {
            long small = whole.getAsLong();
            return Math.abs(small) <= EXACT_IN_DOUBLE && small != Long.MIN_VALUE
                    ? NODES.numberNode(small)
                    : NODES.numberNode(value);
        }
        return value.stripTrailingZeros().scale() <= 0
                ? NODES.numberNode(value.toBigIntegerExact())
                : NODES.numberNode(value);
    }

    /** A plugin made a number of which the arithmetic of a schema might never come back. */
    static final class NumberOutOfRange extends RuntimeException {

        private static final long serialVersionUID = 1;

        NumberOutOfRange() {
            super("a number is too large or too small", null, false, false);
        }
    }
}

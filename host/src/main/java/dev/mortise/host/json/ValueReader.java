package dev.mortise.host.json;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonNull;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;

/** Turns the tokens of a document into a value. Recursion is as deep as the parser's own limit allows. */
class ValueReader {

    /** A number's first digit stands for at most 10 to the power of this; doubles end at 308. */
    static final int GREATEST_EXPONENT = 1_000;

    private final JsonParser parser;

    ValueReader(JsonParser parser) {
        this.parser = parser;
    }

    /** Reads the one value that the document holds. */
    final JsonValue document(Trace trace) {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new MalformedText(Position.START, "there is nothing here");
        }
        trace.valueAt(position());
        JsonValue value = value(first, trace);
        if (parser.nextToken() != null) {
            throw new MalformedText(position(), "there is more after the end of the document");
        }
        return value;
    }

    /** Where a failure of the parser happened; one that says nothing of it happened at the token that it is at. */
    final Position positionOf(JacksonException failure) {
        TokenStreamLocation location = failure.getLocation();
        return location == null || location.getLineNr() < 1 ? position() : positionOf(location);
    }

    /** Refuses tokens that have no counterpart in JSON. */
    void check(JsonToken token) {}

    /** Refuses keys that no JSON text could have given. */
    void checkName(String name) {}

    final Position position() {
        return positionOf(parser.currentTokenLocation());
    }

    private static Position positionOf(TokenStreamLocation location) {
        return new Position(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }

    private JsonValue value(JsonToken token, Trace trace) {
        check(token);
        return switch (token) {
            case START_OBJECT -> object(trace);
            case START_ARRAY -> array(trace);
            case VALUE_STRING -> new JsonString(parser.getString());
            case VALUE_NUMBER_INT -> sized(wholeNumber());
            case VALUE_NUMBER_FLOAT -> sized(fraction());
            case VALUE_TRUE -> JsonBoolean.TRUE;
            case VALUE_FALSE -> JsonBoolean.FALSE;
            case VALUE_NULL -> JsonNull.NULL;
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new MalformedText(position(), "there is no value here");
        };
    }

    private JsonObject object(Trace trace) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        while (next() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            checkName(name);
            if (members.containsKey(name)) {
                throw new MalformedText(position(), "this key is there twice in one object");
            }
            Trace member = trace.keeps() ? trace.memberAt(name, position()) : trace;
            JsonToken token = next();
            if (member.keeps()) {
                member.valueAt(position());
            }
            members.put(name, value(token, member));
        }
        return new JsonObject(members);
    }

    private JsonArray array(Trace trace) {
        List<JsonValue> values = new ArrayList<>();
        for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
            Trace element = trace;
            if (trace.keeps()) {
                element = trace.elementAt(position());
                element.valueAt(position());
            }
            values.add(value(token, element));
        }
        return new JsonArray(values);
    }

    private JsonToken next() {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw new MalformedText(position(), "it ends too early: something is not closed");
        }
        return token;
    }

    private JsonNumber wholeNumber() {
        return switch (parser.getNumberType()) {
            case INT, LONG -> JsonNumber.of(parser.getLongValue());
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> new JsonNumber(parser.getDecimalValue());
        };
    }

    private JsonNumber fraction() {
        if (parser.isNaN()) {
            throw new MalformedText(position(), "this is no number that JSON has");
        }
        try {
            return new JsonNumber(parser.getDecimalValue());
        } catch (NumberFormatException e) {
            // Its exponent does not even fit an int.
            throw tooLargeOrSmall();
        }
    }

    private JsonNumber sized(JsonNumber number) {
        if (!hasOrdinarySize(number)) {
            throw tooLargeOrSmall();
        }
        return number;
    }

    private MalformedText tooLargeOrSmall() {
        return new MalformedText(position(), "this number is too large or too small");
    }

    /** Whether its digits can be written out, as some arithmetic does, without filling the memory. */
    static boolean hasOrdinarySize(JsonNumber number) {
        BigDecimal value = number.value();
        long firstDigit = (long) value.precision() - value.scale() - 1;
        return Math.abs(firstDigit) <= GREATEST_EXPONENT && value.precision() <= 2 * GREATEST_EXPONENT;
    }
}

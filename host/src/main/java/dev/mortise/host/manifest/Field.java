package dev.mortise.host.manifest;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.config.NearestName;
import dev.mortise.host.config.ValueKind;
import dev.mortise.host.json.JsonPointer;
import dev.mortise.host.json.SourceMap;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * One value of a manifest. Each reading method gives the value in the wanted form, or nothing after having reported
 * what is wrong with it.
 */
record Field(JsonValue value, String pointer, Optional<SourceMap> source, ManifestErrors errors) {

    void error(String message) {
        errors.add(source.map(SourceMap::value), pointer, message);
    }

    /** Reports something about the key rather than about the value. */
    void keyError(String message) {
        errors.add(source.map(SourceMap::key), pointer, message);
    }

    Optional<String> text(Form form) {
        if (!(value instanceof JsonString(String text))) {
            boolean scalar = value instanceof JsonNumber || value instanceof JsonBoolean;
            mustBe(form.description(), scalar ? "; put it in quotes" : "");
            return Optional.empty();
        }
        if (!form.fits(text)) {
            error("must be " + form.description());
            return Optional.empty();
        }
        return Optional.of(text);
    }

    /** Text of a form that says nearly everything; what is left is refused by the parser. */
    <T> Optional<T> parsed(Form form, Function<String, T> parser) {
        return text(form).flatMap(text -> {
            try {
                return Optional.of(parser.apply(text));
            } catch (IllegalArgumentException e) {
                error("must be " + form.description());
                return Optional.empty();
            }
        });
    }

    Optional<String> oneOf(List<String> allowed) {
        if (value instanceof JsonString(String text)) {
            if (allowed.contains(text)) {
                return Optional.of(text);
            }
            error("must be one of " + String.join(", ", allowed)
                    + NearestName.of(text, allowed)
                            .map(name -> "; did you mean '" + name + "'?")
                            .orElse(""));
            return Optional.empty();
        }
        mustBe("one of " + String.join(", ", allowed), "");
        return Optional.empty();
    }

    OptionalInt wholeNumber(int least, int most) {
        String range = least == Integer.MIN_VALUE ? "" : " from " + least + " to " + most;
        if (!(value instanceof JsonNumber number)) {
            mustBe("a whole number" + range, "");
            return OptionalInt.empty();
        }
        OptionalLong whole = number.asLong();
        if (whole.isEmpty() || whole.getAsLong() < least || whole.getAsLong() > most) {
            error("must be a whole number" + range);
            return OptionalInt.empty();
        }
        return OptionalInt.of(Math.toIntExact(whole.getAsLong()));
    }

    Optional<BigDecimal> number() {
        if (value instanceof JsonNumber(BigDecimal number)) {
            return Optional.of(number);
        }
        mustBe("a number", "");
        return Optional.empty();
    }

    Optional<Boolean> flag() {
        if (value instanceof JsonBoolean(boolean flag)) {
            return Optional.of(flag);
        }
        mustBe("true or false", "");
        return Optional.empty();
    }

    Optional<JsonObject> object() {
        if (value instanceof JsonObject object) {
            return Optional.of(object);
        }
        mustBe("an object", "");
        return Optional.empty();
    }

    /** The members of an object with these names and no others. */
    Optional<Fields> fields(List<String> known) {
        return object().map(object -> {
            Fields fields = new Fields(this, object);
            fields.refuseOthersThan(known);
            return fields;
        });
    }

    /** The elements of a list. */
    List<Field> elements(int most) {
        if (!(value instanceof JsonArray array)) {
            mustBe("a list", "");
            return List.of();
        }
        if (array.size() > most) {
            error("must not have more than " + most + " entries");
            return List.of();
        }
        List<Field> elements = new ArrayList<>();
        for (int i = 0; i < array.size() && !errors.isFull(); i++) {
            int index = i;
            elements.add(new Field(
                    array.get(i), JsonPointer.element(pointer, i), source.flatMap(map -> map.element(index)), errors));
        }
        return elements;
    }

    /** Different texts of one form. */
    List<String> texts(Form form, int most) {
        List<String> texts = new ArrayList<>();
        for (Field element : elements(most)) {
            element.text(form).ifPresent(text -> {
                if (texts.contains(text)) {
                    element.error("is there twice");
                } else {
                    texts.add(text);
                }
            });
        }
        return texts;
    }

    Field member(Map.Entry<String, JsonValue> member) {
        return new Field(
                member.getValue(),
                JsonPointer.member(pointer, member.getKey()),
                source.flatMap(map -> map.member(member.getKey())),
                errors);
    }

    private void mustBe(String expected, String advice) {
        error("must be " + expected + ", is " + ValueKind.of(value) + advice);
    }
}

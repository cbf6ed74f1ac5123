package dev.mortise.runtime.jvm.shape;

import dev.mortise.api.Param;
import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** What {@link Param} demands of a value beyond its type. */
record Constraints(
        @Nullable BigDecimal min,
        @Nullable BigDecimal max,
        int minLength,
        int maxLength,
        @Nullable Pattern pattern) {

    static final Constraints NONE = new Constraints(null, null, 0, Integer.MAX_VALUE, null);

    /**
     * Reads them off the annotation.
     *
     * @throws SignatureException if they contradict themselves or mean nothing for values of that schema
     */
    static Constraints of(Param param, JsonObject schema, Site site) throws SignatureException {
        Constraints constraints = new Constraints(
                bound(param.min()), bound(param.max()), param.minLength(), param.maxLength(), pattern(param, site));
        Set<String> types = types(schema);
        boolean sized = types.contains("string") || types.contains("array") || types.contains("object");
        if ((constraints.min != null || constraints.max != null)
                && !types.contains("number")
                && !types.contains("integer")) {
            throw site.error("min and max are for numbers", "remove them");
        }
        if ((constraints.minLength > 0 || constraints.maxLength < Integer.MAX_VALUE) && !sized) {
            throw site.error("minLength and maxLength are for text, lists and maps", "remove them");
        }
        if (constraints.pattern != null && !types.contains("string")) {
            throw site.error("pattern is for text", "remove it");
        }
        if (param.min() > param.max() || param.minLength() > param.maxLength() || param.minLength() < 0) {
            throw site.error("its bounds leave no value", "put the smaller one first");
        }
        return constraints;
    }

    private static @Nullable BigDecimal bound(double value) {
        return Double.isFinite(value) ? BigDecimal.valueOf(value) : null;
    }

    private static @Nullable Pattern pattern(Param param, Site site) throws SignatureException {
        try {
            return param.pattern().isEmpty() ? null : Pattern.compile(param.pattern());
        } catch (PatternSyntaxException e) {
            throw site.error("its pattern is not a regular expression: " + e.getDescription(), "correct it");
        }
    }

    private static Set<String> types(JsonObject schema) {
        Set<String> types = new TreeSet<>();
        schema.text("type").ifPresent(types::add);
        schema.array("type").ifPresent(array -> {
            for (JsonValue type : array.values()) {
                if (type instanceof JsonString(String name)) {
                    types.add(name);
                }
            }
        });
        return types;
    }

    JsonObject addTo(JsonObject schema) {
        JsonObject result = schema;
        if (min != null) {
            result = result.with("minimum", tighter(schema, "minimum", min, 1));
        }
        if (max != null) {
            result = result.with("maximum", tighter(schema, "maximum", max, -1));
        }
        String unit =
                types(schema).contains("array") ? "Items" : types(schema).contains("object") ? "Properties" : "Length";
        if (minLength > 0) {
            result = result.with("min" + unit, minLength);
        }
        if (maxLength < Integer.MAX_VALUE) {
            result = result.with("max" + unit, maxLength);
        }
        return pattern == null ? result : result.with("pattern", pattern.pattern());
    }

    /** Of the type's own bound and the annotation's the one that allows less. */
    private static BigDecimal tighter(JsonObject schema, String keyword, BigDecimal bound, int direction) {
        BigDecimal own = schema.get(keyword).orElse(null) instanceof JsonNumber(BigDecimal value) ? value : bound;
        BigDecimal result = own.compareTo(bound) * direction > 0 ? own : bound;
        return result.stripTrailingZeros().scale() <= 0 ? result.setScale(0) : result;
    }

    void check(JsonValue json, Place at) throws Mismatch {
        switch (json) {
            case JsonNumber(BigDecimal value) -> checkRange(value, at);
            case JsonString(String text) -> {
                checkLength(text.codePointCount(0, text.length()), "characters", at);
                if (pattern != null && !BoundedText.matches(pattern, text)) {
                    throw new Mismatch(at, "must match " + pattern);
                }
            }
            case JsonArray(List<JsonValue> values) -> checkLength(values.size(), "elements", at);
            case JsonObject object -> checkLength(object.members().size(), "members", at);
            default -> {
                // True, false and null have no size.
            }
        }
    }

    private void checkRange(BigDecimal value, Place at) throws Mismatch {
        if (min != null && value.compareTo(min) < 0) {
            throw new Mismatch(
                    at, "must be at least " + min.stripTrailingZeros().toPlainString());
        }
        if (max != null && value.compareTo(max) > 0) {
            throw new Mismatch(at, "must be at most " + max.stripTrailingZeros().toPlainString());
        }
    }

    private void checkLength(int length, String unit, Place at) throws Mismatch {
        if (length < minLength) {
            throw new Mismatch(at, "must have at least " + minLength + " " + unit);
        }
        if (length > maxLength) {
            throw new Mismatch(at, "must have at most " + maxLength + " " + unit);
        }
    }
}

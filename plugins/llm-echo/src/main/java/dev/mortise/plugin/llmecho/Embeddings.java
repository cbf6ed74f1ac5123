package dev.mortise.plugin.llmecho;

import dev.mortise.api.ServiceException;
import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * Places texts in space by their words (feature hashing): the same text always in the same place, texts that share words
 * near each other. The vectors have length one.
 */
final class Embeddings {

    private static final int DIMENSIONS = 64;
    private static final int MOST_DIMENSIONS = 4096;
    private static final int MOST_INPUTS = 2048;

    private Embeddings() {}

    static JsonObject of(JsonObject request) {
        int dimensions = dimensions(request);
        boolean base64 = request.text("encoding_format").orElse("float").equals("base64");
        List<List<String>> inputs = inputs(request);
        List<JsonObject> data = new ArrayList<>();
        long tokens = 0;
        for (List<String> words : inputs) {
            float[] vector = vector(words, dimensions);
            tokens += words.size();
            data.add(JsonObject.of("object", "embedding")
                    .with("index", data.size())
                    .with("embedding", base64 ? base64(vector) : numbers(vector)));
        }
        return JsonObject.of("object", "list")
                .with("data", data)
                .with("model", request.text("model").orElse("echo"))
                .with("usage", JsonObject.of("prompt_tokens", tokens).with("total_tokens", tokens));
    }

    private static int dimensions(JsonObject request) {
        if (!request.has("dimensions")) {
            return DIMENSIONS;
        }
        long dimensions = request.integer("dimensions").orElse(0);
        if (dimensions < 1 || dimensions > MOST_DIMENSIONS) {
            throw invalid("dimensions must be a whole number from 1 to " + MOST_DIMENSIONS);
        }
        return (int) dimensions;
    }

    /** Text, texts, tokens, or arrays of tokens. */
    private static List<List<String>> inputs(JsonObject request) {
        JsonValue input = request.get("input").orElseThrow(() -> invalid("input is missing"));
        if (input instanceof JsonArray array && !array.values().stream().allMatch(JsonNumber.class::isInstance)) {
            if (array.size() > MOST_INPUTS) {
                throw invalid("input has more than " + MOST_INPUTS + " texts");
            }
            return array.values().stream().map(Embeddings::words).toList();
        }
        return List.of(words(input));
    }

    private static List<String> words(JsonValue input) {
        return switch (input) {
            case JsonString(String text) ->
                Words.of(text).stream()
                        .map(word -> word.strip().toLowerCase(Locale.ROOT))
                        .toList();
            case JsonArray(List<JsonValue> tokens)
            when tokens.stream().allMatch(JsonNumber.class::isInstance) ->
                tokens.stream().map(JsonValue::toString).toList();
            default -> throw invalid("input must be a text, an array of texts, or tokens");
        };
    }

    private static float[] vector(List<String> words, int dimensions) {
        double[] sum = new double[dimensions];
        for (String word : words) {
            long seed = hash(word);
            for (int i = 0; i < dimensions; i++) {
                sum[i] += (mix(seed + i) >> 11) * 0x1p-52;
            }
        }
        double length = 0;
        for (double value : sum) {
            length += value * value;
        }
        float[] vector = new float[dimensions];
        if (length == 0) {
            vector[0] = 1;
            return vector;
        }
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) (sum[i] / Math.sqrt(length));
        }
        return vector;
    }

    /** FNV-1a, 64 bits, over UTF-16. */
    private static long hash(String word) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < word.length(); i++) {
            hash = (hash ^ word.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    /** The finaliser of SplitMix64. */
    private static long mix(long value) {
        long mixed = value * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }

    private static JsonArray numbers(float[] vector) {
        List<JsonValue> numbers = new ArrayList<>(vector.length);
        for (float value : vector) {
            numbers.add(new JsonNumber(new BigDecimal(Float.toString(value))));
        }
        return new JsonArray(numbers);
    }

    private static JsonString base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : vector) {
            bytes.putFloat(value);
        }
        return new JsonString(Base64.getEncoder().encodeToString(bytes.array()));
    }

    private static ServiceException invalid(String message) {
        return new ServiceException(ServiceException.Kind.INVALID, message);
    }
}

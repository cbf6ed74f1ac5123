package dev.mortise.runtime.process.reflection;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.util.Base64;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of JSON without writing it as text first. It knows the forms that nearly all calls use, and is at a loss
 * with all others, which is said by null: with odd spellings, well-known types, and everything that is wrong.
 */
final class PlainJsonReader {

    private static final long UINT32 = 0xFFFF_FFFFL;
    /** Within the range of a long for certain. */
    private static final int DIGITS = 18;

    private PlainJsonReader() {}

    /** @return null if somebody else has to read it, who also says what is wrong */
    static DynamicMessage.@Nullable Builder message(Descriptor type, JsonObject json) {
        return message(type, json, 1);
    }

    private static DynamicMessage.@Nullable Builder message(Descriptor type, JsonObject json, int depth) {
        if (depth > PlainJson.DEEPEST || !PlainJson.isPlain(type)) {
            return null;
        }
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        for (Map.Entry<String, JsonValue> member : json.members().entrySet()) {
            FieldDescriptor field = type.findFieldByName(member.getKey());
            if (field == null || !set(message, field, member.getValue(), depth)) {
                return null;
            }
        }
        return message;
    }

    private static boolean set(DynamicMessage.Builder message, FieldDescriptor field, JsonValue json, int depth) {
        if (field.isMapField()) {
            return json instanceof JsonObject entries && put(message, field, entries, depth);
        }
        if (field.isRepeated()) {
            return json instanceof JsonArray elements && add(message, field, elements, depth);
        }
        if (field.getContainingOneof() != null && message.hasOneof(field.getContainingOneof())) {
            return false;
        }
        Object value = single(field, json, depth);
        if (value != null) {
            message.setField(field, value);
        }
        return value != null;
    }

    private static boolean add(DynamicMessage.Builder message, FieldDescriptor field, JsonArray json, int depth) {
        for (JsonValue element : json.values()) {
            Object value = single(field, element, depth);
            if (value == null) {
                return false;
            }
            message.addRepeatedField(field, value);
        }
        return true;
    }

    private static boolean put(DynamicMessage.Builder message, FieldDescriptor field, JsonObject json, int depth) {
        Descriptor type = field.getMessageType();
        FieldDescriptor key = type.findFieldByNumber(1);
        FieldDescriptor value = type.findFieldByNumber(2);
        if (key.getType() != FieldDescriptor.Type.STRING) {
            return false;
        }
        for (Map.Entry<String, JsonValue> member : json.members().entrySet()) {
            Object held = single(value, member.getValue(), depth);
            if (held == null) {
                return false;
            }
            message.addRepeatedField(
                    field,
                    DynamicMessage.newBuilder(type)
                            .setField(key, member.getKey())
                            .setField(value, held)
                            .build());
        }
        return true;
    }

    private static @Nullable Object single(FieldDescriptor field, JsonValue json, int depth) {
        return switch (field.getType()) {
            case STRING -> json instanceof JsonString(String text) ? text : null;
            case BOOL -> json instanceof JsonBoolean(boolean value) ? value : null;
            case INT32, SINT32, SFIXED32 -> int32(json, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case UINT32, FIXED32 -> int32(json, 0, UINT32);
            case INT64, SINT64, SFIXED64 -> int64(json, true);
            case UINT64, FIXED64 -> int64(json, false);
            case DOUBLE -> json instanceof JsonNumber number ? finite(number.asDouble()) : null;
            case FLOAT -> json instanceof JsonNumber number ? finite((float) number.asDouble()) : null;
            case BYTES -> json instanceof JsonString(String text) ? bytes(text) : null;
            case ENUM -> json instanceof JsonString(String name) ? constant(field, name) : null;
            case MESSAGE -> json instanceof JsonObject object ? built(field.getMessageType(), object, depth) : null;
            case GROUP -> null;
        };
    }

    private static @Nullable DynamicMessage built(Descriptor type, JsonObject json, int depth) {
        DynamicMessage.Builder message = message(type, json, depth + 1);
        return message == null || !message.isInitialized() ? null : message.buildPartial();
    }

    private static @Nullable Integer int32(JsonValue json, long least, long most) {
        OptionalLong value = json instanceof JsonNumber number ? number.asLong() : OptionalLong.empty();
        return value.isPresent() && value.getAsLong() >= least && value.getAsLong() <= most
                ? Integer.valueOf((int) value.getAsLong())
                : null;
    }

    private static @Nullable Long int64(JsonValue json, boolean signed) {
        OptionalLong value = switch (json) {
            case JsonNumber number -> number.asLong();
            case JsonString(String text) when isWhole(text) -> OptionalLong.of(Long.parseLong(text));
            default -> OptionalLong.empty();
        };
        return value.isPresent() && (signed || value.getAsLong() >= 0) ? Long.valueOf(value.getAsLong()) : null;
    }

    private static boolean isWhole(String text) {
        int first = text.startsWith("-") ? 1 : 0;
        return text.length() > first
                && text.length() <= DIGITS
                && text.chars().skip(first).allMatch(c -> c >= '0' && c <= '9');
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static @Nullable Float finite(float value) {
        return Float.isFinite(value) ? value : null;
    }

    private static @Nullable ByteString bytes(String base64) {
        if (base64.length() % 4 != 0) {
            return null;
        }
        try {
            return ByteString.copyFrom(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable EnumValueDescriptor constant(FieldDescriptor field, String name) {
        return PlainJson.isPlain(field.getEnumType()) ? field.getEnumType().findValueByName(name) : null;
    }
}

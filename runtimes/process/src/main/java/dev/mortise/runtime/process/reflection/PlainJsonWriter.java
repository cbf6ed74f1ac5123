package dev.mortise.runtime.process.reflection;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes JSON of messages without writing it as text first. It is at a loss with well-known types and with very large or
 * very deep messages, which is said by null.
 */
final class PlainJsonWriter {

    private int values;

    private PlainJsonWriter() {}

    /** @return null if somebody else has to write it */
    static @Nullable JsonObject object(Message message) {
        return new PlainJsonWriter().object(message, 1);
    }

    private @Nullable JsonObject object(Message message, int depth) {
        Descriptor type = message.getDescriptorForType();
        if (depth > PlainJson.DEEPEST || !PlainJson.isPlain(type)) {
            return null;
        }
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (FieldDescriptor field : type.getFields()) {
            if (field.hasPresence() && !message.hasField(field)) {
                continue;
            }
            JsonValue value = ++values > PlainJson.MOST_VALUES ? null : value(message, field, depth);
            if (value == null) {
                return null;
            }
            members.put(field.getName(), value);
        }
        return new JsonObject(members);
    }

    private @Nullable JsonValue value(Message message, FieldDescriptor field, int depth) {
        if (field.isMapField()) {
            return map(message, field, depth);
        }
        if (field.isRepeated()) {
            return array(message, field, depth);
        }
        return single(field, message.getField(field), depth);
    }

    private @Nullable JsonValue array(Message message, FieldDescriptor field, int depth) {
        List<JsonValue> elements = new ArrayList<>();
        for (Object element : (List<?>) message.getField(field)) {
            JsonValue value = single(field, element, depth);
            if (value == null) {
                return null;
            }
            elements.add(value);
        }
        return new JsonArray(elements);
    }

    private @Nullable JsonValue map(Message message, FieldDescriptor field, int depth) {
        FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
        FieldDescriptor held = field.getMessageType().findFieldByNumber(2);
        if (key.getType() != FieldDescriptor.Type.STRING && message.getRepeatedFieldCount(field) > 0) {
            return null;
        }
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (Object element : (List<?>) message.getField(field)) {
            Message entry = (Message) element;
            JsonValue value = single(held, entry.getField(held), depth);
            if (value == null) {
                return null;
            }
            members.put((String) entry.getField(key), value);
        }
        return new JsonObject(members);
    }

    private @Nullable JsonValue single(FieldDescriptor field, Object value, int depth) {
        if (++values > PlainJson.MOST_VALUES) {
            return null;
        }
        return switch (field.getType()) {
            case STRING -> new JsonString((String) value);
            case BOOL -> JsonBoolean.of((Boolean) value);
            case INT32, SINT32, SFIXED32 -> JsonNumber.of((Integer) value);
            case UINT32, FIXED32 -> JsonNumber.of(Integer.toUnsignedLong((Integer) value));
            // As the standard form has it, because not every reader's numbers hold 64 bits.
            case INT64, SINT64, SFIXED64 -> new JsonString(value.toString());
            case UINT64, FIXED64 -> new JsonString(Long.toUnsignedString((Long) value));
            case FLOAT -> number(value.toString(), Float.isFinite((Float) value));
            case DOUBLE -> number(value.toString(), Double.isFinite((Double) value));
            case BYTES -> new JsonString(Base64.getEncoder().encodeToString(((ByteString) value).toByteArray()));
            case ENUM -> constant((EnumValueDescriptor) value);
            case MESSAGE -> object((Message) value, depth + 1);
            case GROUP -> null;
        };
    }

    private static JsonValue number(String text, boolean finite) {
        return finite ? new JsonNumber(new BigDecimal(text)) : new JsonString(text);
    }

    /** A number that has no name stands for itself. */
    private static @Nullable JsonValue constant(EnumValueDescriptor value) {
        if (!PlainJson.isPlain(value.getType())) {
            return null;
        }
        return value.getIndex() < 0 ? JsonNumber.of(value.getNumber()) : new JsonString(value.getName());
    }
}

package dev.mortise.runtime.process.reflection;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.mortise.api.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JSON Schema (2020-12) of a message in the standard JSON form of protobuf, with the names of the .proto file. */
final class MessageSchema {

    private static final long UINT32 = 0xFFFF_FFFFL;
    private static final String WHOLE_NUMBER = "^-?[0-9]{1,20}$";

    private final Map<String, JsonObject> definitions = new LinkedHashMap<>();

    private MessageSchema() {}

    static JsonObject of(Descriptor message) {
        MessageSchema schemas = new MessageSchema();
        Optional<JsonObject> wellKnown = wellKnown(message.getFullName());
        if (wellKnown.isPresent()) {
            return wellKnown.get();
        }
        JsonObject root = schemas.object(message);
        return schemas.definitions.isEmpty() ? root : root.with("$defs", schemas.definitions);
    }

    private JsonObject object(Descriptor message) {
        Map<String, JsonObject> properties = new LinkedHashMap<>();
        for (FieldDescriptor field : message.getFields()) {
            properties.put(field.getName(), field(field));
        }
        List<String> required = message.getFields().stream()
                .filter(FieldDescriptor::isRequired)
                .map(FieldDescriptor::getName)
                .toList();
        JsonObject schema = JsonObject.of("type", "object").with("properties", properties);
        return (required.isEmpty() ? schema : schema.with("required", required)).with("additionalProperties", false);
    }

    private JsonObject field(FieldDescriptor field) {
        if (field.isMapField()) {
            FieldDescriptor value = field.getMessageType().findFieldByName("value");
            return JsonObject.of("type", "object").with("additionalProperties", single(value));
        }
        JsonObject single = single(field);
        return field.isRepeated() ? JsonObject.of("type", "array").with("items", single) : single;
    }

    private JsonObject single(FieldDescriptor field) {
        return switch (field.getType()) {
            case BOOL -> JsonObject.of("type", "boolean");
            case STRING -> JsonObject.of("type", "string");
            case BYTES -> JsonObject.of("type", "string").with("contentEncoding", "base64");
            case INT32, SINT32, SFIXED32 -> range(Integer.MIN_VALUE, Integer.MAX_VALUE);
            case UINT32, FIXED32 -> range(0, UINT32);
            // Numbers of 64 bits are written as text, which all readers of JSON can hold.
            case INT64, SINT64, SFIXED64, UINT64, FIXED64 ->
                JsonObject.of("type", List.of("integer", "string")).with("pattern", WHOLE_NUMBER);
            case FLOAT, DOUBLE -> JsonObject.of("type", List.of("number", "string"));
            case ENUM -> enumeration(field.getEnumType());
            case MESSAGE, GROUP -> message(field.getMessageType());
        };
    }

    private static JsonObject range(long least, long most) {
        return JsonObject.of("type", "integer").with("minimum", least).with("maximum", most);
    }

    private static JsonObject enumeration(EnumDescriptor type) {
        if (type.getFullName().equals("google.protobuf.NullValue")) {
            return JsonObject.of("type", "null");
        }
        return JsonObject.of(
                "enum",
                type.getValues().stream().map(EnumValueDescriptor::getName).toList());
    }

    /** By reference, so that messages may contain themselves. */
    private JsonObject message(Descriptor message) {
        Optional<JsonObject> wellKnown = wellKnown(message.getFullName());
        if (wellKnown.isPresent()) {
            return wellKnown.get();
        }
        String name = message.getFullName();
        if (!definitions.containsKey(name)) {
            definitions.put(name, JsonObject.EMPTY);
            definitions.put(name, object(message));
        }
        return JsonObject.of("$ref", "#/$defs/" + name);
    }

    private static Optional<JsonObject> wellKnown(String name) {
        if (!name.startsWith("google.protobuf.")) {
            return Optional.empty();
        }
        JsonObject text = JsonObject.of("type", "string");
        return switch (name.substring("google.protobuf.".length())) {
            case "Timestamp" -> Optional.of(text.with("format", "date-time"));
            case "Duration" -> Optional.of(text.with("pattern", "^-?[0-9]+(?:\\.[0-9]+)?s$"));
            case "FieldMask", "StringValue" -> Optional.of(text);
            case "BytesValue" -> Optional.of(text.with("contentEncoding", "base64"));
            case "BoolValue" -> Optional.of(JsonObject.of("type", "boolean"));
            case "Int32Value" -> Optional.of(range(Integer.MIN_VALUE, Integer.MAX_VALUE));
            case "UInt32Value" -> Optional.of(range(0, UINT32));
            case "Int64Value", "UInt64Value" ->
                Optional.of(JsonObject.of("type", List.of("integer", "string")).with("pattern", WHOLE_NUMBER));
            case "FloatValue", "DoubleValue" -> Optional.of(JsonObject.of("type", List.of("number", "string")));
            case "Struct", "Any" -> Optional.of(JsonObject.of("type", "object"));
            case "ListValue" -> Optional.of(JsonObject.of("type", "array"));
            case "Value" -> Optional.of(JsonObject.EMPTY);
            case "Empty" -> Optional.of(JsonObject.of("type", "object").with("additionalProperties", false));
            default -> Optional.empty();
        };
    }
}

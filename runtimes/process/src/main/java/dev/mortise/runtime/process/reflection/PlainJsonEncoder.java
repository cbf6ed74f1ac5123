package dev.mortise.runtime.process.reflection;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of JSON, as they travel, without writing it as text first. It knows the forms that nearly all calls use,
 * and is at a loss with all others, which is said by null: with odd spellings, well-known types, and everything that is
 * wrong.
 */
final class PlainJsonEncoder {

    private static final long UINT32 = 0xFFFF_FFFFL;
    /** Within the range of a long for certain. */
    private static final int DIGITS = 18;

    private static final int ROOM = 256;

    private PlainJsonEncoder() {}

    /** @return null if somebody else has to read it, who also says what is wrong */
    static byte @Nullable [] message(Descriptor type, JsonObject json) {
        try {
            return message(type, json, 1);
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail to be written", e);
        }
    }

    private static byte @Nullable [] message(Descriptor type, JsonObject json, int depth) throws IOException {
        if (depth > PlainJson.DEEPEST || !PlainJson.isPlain(type) || lacksRequired(type, json)) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(ROOM);
        CodedOutputStream out = CodedOutputStream.newInstance(bytes, ROOM);
        Set<OneofDescriptor> chosen = new HashSet<>();
        for (Map.Entry<String, JsonValue> member : json.members().entrySet()) {
            FieldDescriptor field = type.findFieldByName(member.getKey());
            if (field == null
                    || (field.getContainingOneof() != null && !chosen.add(field.getContainingOneof()))
                    || !write(out, field, member.getValue(), depth)) {
                return null;
            }
        }
        out.flush();
        return bytes.toByteArray();
    }

    private static boolean lacksRequired(Descriptor type, JsonObject json) {
        for (FieldDescriptor field : type.getFields()) {
            if (field.isRequired() && !json.has(field.getName())) {
                return true;
            }
        }
        return false;
    }

    private static boolean write(CodedOutputStream out, FieldDescriptor field, JsonValue json, int depth)
            throws IOException {
        if (field.isMapField()) {
            return json instanceof JsonObject entries && writeMap(out, field, entries, depth);
        }
        if (field.isRepeated()) {
            return json instanceof JsonArray elements && writeArray(out, field, elements, depth);
        }
        Object value = single(field, json, depth);
        if (value == null) {
            return false;
        }
        if (field.hasPresence() || !isDefault(value)) {
            out.writeTag(field.getNumber(), field.getLiteType().getWireType());
            writeValue(out, field, value);
        }
        return true;
    }

    /** Of a field that then does not travel. */
    private static boolean isDefault(Object value) {
        return switch (value) {
            case byte[] bytes -> bytes.length == 0;
            case Boolean flag -> !flag;
            case Number number -> number.doubleValue() == 0;
            default -> false;
        };
    }

    private static boolean writeArray(CodedOutputStream out, FieldDescriptor field, JsonArray json, int depth)
            throws IOException {
        if (json.size() == 0) {
            return true;
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream(ROOM);
        CodedOutputStream within = field.isPacked() ? CodedOutputStream.newInstance(packed, ROOM) : out;
        for (JsonValue element : json.values()) {
            Object value = single(field, element, depth);
            if (value == null) {
                return false;
            }
            if (!field.isPacked()) {
                out.writeTag(field.getNumber(), field.getLiteType().getWireType());
            }
            writeValue(within, field, value);
        }
        if (field.isPacked()) {
            within.flush();
            out.writeByteArray(field.getNumber(), packed.toByteArray());
        }
        return true;
    }

    private static boolean writeMap(CodedOutputStream out, FieldDescriptor field, JsonObject json, int depth)
            throws IOException {
        FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
        FieldDescriptor held = field.getMessageType().findFieldByNumber(2);
        if (key.getType() != FieldDescriptor.Type.STRING) {
            return false;
        }
        for (Map.Entry<String, JsonValue> member : json.members().entrySet()) {
            Object value = single(held, member.getValue(), depth);
            if (value == null) {
                return false;
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(ROOM);
            CodedOutputStream entry = CodedOutputStream.newInstance(bytes, ROOM);
            entry.writeByteArray(1, member.getKey().getBytes(UTF_8));
            entry.writeTag(2, held.getLiteType().getWireType());
            writeValue(entry, held, value);
            entry.flush();
            out.writeByteArray(field.getNumber(), bytes.toByteArray());
        }
        return true;
    }

    private static void writeValue(CodedOutputStream out, FieldDescriptor field, Object value) throws IOException {
        switch (field.getType()) {
            case STRING, BYTES, MESSAGE -> {
                byte[] bytes = (byte[]) value;
                out.writeUInt32NoTag(bytes.length);
                out.writeRawBytes(bytes);
            }
            case BOOL -> out.writeBoolNoTag((Boolean) value);
            case INT32 -> out.writeInt32NoTag((Integer) value);
            case SINT32 -> out.writeSInt32NoTag((Integer) value);
            case SFIXED32 -> out.writeSFixed32NoTag((Integer) value);
            case UINT32 -> out.writeUInt32NoTag((Integer) value);
            case FIXED32 -> out.writeFixed32NoTag((Integer) value);
            case INT64 -> out.writeInt64NoTag((Long) value);
            case SINT64 -> out.writeSInt64NoTag((Long) value);
            case SFIXED64 -> out.writeSFixed64NoTag((Long) value);
            case UINT64 -> out.writeUInt64NoTag((Long) value);
            case FIXED64 -> out.writeFixed64NoTag((Long) value);
            case FLOAT -> out.writeFloatNoTag((Float) value);
            case DOUBLE -> out.writeDoubleNoTag((Double) value);
            case ENUM -> out.writeEnumNoTag((Integer) value);
            case GROUP -> throw new IllegalStateException("groups are not read");
        }
    }

    /** As it is written: whatever has a length as its bytes. */
    private static @Nullable Object single(FieldDescriptor field, JsonValue json, int depth) throws IOException {
        return switch (field.getType()) {
            // Several times as fast for long texts as protobuf's own encoder, which counts first.
            case STRING -> json instanceof JsonString(String text) ? text.getBytes(UTF_8) : null;
            case BOOL -> json instanceof JsonBoolean(boolean value) ? value : null;
            case INT32, SINT32, SFIXED32 -> int32(json, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case UINT32, FIXED32 -> int32(json, 0, UINT32);
            case INT64, SINT64, SFIXED64 -> int64(json, true);
            case UINT64, FIXED64 -> int64(json, false);
            case DOUBLE -> json instanceof JsonNumber number ? finite(number.asDouble()) : null;
            case FLOAT -> json instanceof JsonNumber number ? finite((float) number.asDouble()) : null;
            case BYTES -> json instanceof JsonString(String text) ? bytes(text) : null;
            case ENUM -> json instanceof JsonString(String name) ? constant(field, name) : null;
            case MESSAGE ->
                json instanceof JsonObject object ? message(field.getMessageType(), object, depth + 1) : null;
            case GROUP -> null;
        };
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

    private static byte @Nullable [] bytes(String base64) {
        if (base64.length() % 4 != 0) {
            return null;
        }
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable Integer constant(FieldDescriptor field, String name) {
        EnumValueDescriptor value =
                PlainJson.isPlain(field.getEnumType()) ? field.getEnumType().findValueByName(name) : null;
        return value == null ? null : Integer.valueOf(value.getNumber());
    }
}

package dev.mortise.runtime.process.reflection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Int64Value;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import dev.mortise.api.json.JsonObject;
import dev.mortise.host.json.JsonCodec;
import dev.mortise.host.json.JsonSchemas;
import dev.mortise.host.json.Violation;
import dev.mortise.interop.v1.Colour;
import dev.mortise.interop.v1.Everything;
import dev.mortise.interop.v1.EverythingOuterClass;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageSchemaTest {

    private static final MethodDescriptor METHOD =
            EverythingOuterClass.getDescriptor().findServiceByName("Mirror").findMethodByName("ReflectEverything");

    private static final Everything FULL = Everything.newBuilder()
            .setABool(true)
            .setAString("text")
            .setSomeBytes(ByteString.copyFrom(new byte[] {1, -1}))
            .setAnInt32(Integer.MIN_VALUE)
            .setAUint32(-1)
            .setASint64(Long.MIN_VALUE)
            .setAFixed64(-1)
            .setAFloat(Float.NaN)
            .setADouble(1.5)
            .setColour(Colour.COLOUR_RED)
            .addColours(Colour.COLOUR_UNKNOWN)
            .putCounts("a", 1)
            .setInner(Everything.newBuilder().setInner(Everything.getDefaultInstance()))
            .addChildren(Everything.newBuilder().setText("child"))
            .setAt(Timestamp.newBuilder().setSeconds(1))
            .setTook(Duration.newBuilder().setSeconds(-1).setNanos(-500_000_000))
            .setAnything(Struct.newBuilder()
                    .putFields("x", Value.newBuilder().setNumberValue(1).build()))
            .setValue(Value.newBuilder().setBoolValue(true))
            .setMaybe(Int64Value.of(5))
            .setNumber(7)
            .putByNumber(3, Everything.getDefaultInstance())
            .build();

    private final ReflectedFunction function = new ReflectedFunction("mirror_reflect_everything", METHOD);
    private final JsonSchemas schemas = new JsonSchemas();

    private List<Violation> violations(JsonObject value) {
        return schemas.compile(function.params()).orThrow().violations(value);
    }

    @Test
    void whatAMessageIsWrittenAsFitsItsSchemaAndIsReadAsTheSame() throws Exception {
        for (Everything message : new Everything[] {FULL, Everything.getDefaultInstance()}) {
            DynamicMessage dynamic = DynamicMessage.parseFrom(METHOD.getInputType(), message.toByteString());
            JsonObject json =
                    (JsonObject) function.response(ReceivedMessage.of(dynamic)).orThrow();

            assertThat(violations(json)).describedAs(json.toString()).isEmpty();
            assertThat(Everything.parseFrom(function.request(json))).isEqualTo(message);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'a_bool':1}",
                "{'an_int32':2147483648}",
                "{'a_uint32':-1}",
                "{'a_sint64':'x'}",
                "{'colour':'COLOUR_BLUE'}",
                "{'colours':'COLOUR_RED'}",
                "{'inner':{'inner':{'a_bool':1}}}",
                "{'unknown':1}"
            })
    void whatTheMessageCannotHoldDoesNotFitTheSchemaEither(String text) {
        JsonObject json =
                JsonCodec.STANDARD.parseObject(text.replace('\'', '"')).orThrow();

        assertThat(violations(json)).isNotEmpty();
        assertThatThrownBy(() -> function.request(json)).isInstanceOf(InvalidProtocolBufferException.class);
    }

    @Test
    void namesAreInSnakeCase() {
        assertThat(ReflectedFunctions.snakeCase("GetHTTPStatus")).isEqualTo("get_http_status");
        assertThat(ReflectedFunctions.snakeCase("example.v1.KvStore")).isEqualTo("example_v1_kv_store");
    }
}

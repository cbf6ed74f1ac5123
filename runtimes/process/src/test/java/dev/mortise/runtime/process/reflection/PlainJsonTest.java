package dev.mortise.runtime.process.reflection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import dev.mortise.api.json.JsonObject;
import dev.mortise.host.json.JsonCodec;
import dev.mortise.interop.v1.Colour;
import dev.mortise.interop.v1.Everything;
import dev.mortise.interop.v1.EverythingOuterClass;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is converted without text is the same as with it, which protobuf's own library does. */
class PlainJsonTest {

    private static final MethodDescriptor METHOD =
            EverythingOuterClass.getDescriptor().findServiceByName("Mirror").findMethodByName("ReflectEverything");

    private final ReflectedFunction function = new ReflectedFunction("mirror_reflect_everything", METHOD);

    private static DynamicMessage dynamic(Everything message) throws Exception {
        return DynamicMessage.parseFrom(METHOD.getInputType(), message.toByteString());
    }

    private static JsonObject json(String text) {
        return JsonCodec.STANDARD.parseObject(text.replace('\'', '"')).orThrow();
    }

    static Stream<Everything> plainMessages() {
        Everything inner = Everything.newBuilder().setText("").setAnInt32(-1).build();
        return Stream.of(
                Everything.getDefaultInstance(),
                Everything.newBuilder()
                        .setABool(true)
                        .setAString("a \"text\"\n with \u2028 and \uD83D\uDE00")
                        .setSomeBytes(ByteString.copyFrom(new byte[] {1, -1, 0, 5}))
                        .setAnInt32(Integer.MIN_VALUE)
                        .setAUint32(-1)
                        .setASint64(Long.MIN_VALUE)
                        .setAFixed64(-1)
                        .setAFloat(1.1f)
                        .setADouble(1e300)
                        .setColour(Colour.COLOUR_RED)
                        .addColours(Colour.COLOUR_UNKNOWN)
                        .addColours(Colour.COLOUR_RED)
                        .addColoursValue(7)
                        .putCounts("a", 1)
                        .putCounts("", Long.MAX_VALUE)
                        .setInner(Everything.newBuilder().setInner(inner))
                        .addChildren(inner)
                        .addChildren(Everything.getDefaultInstance())
                        .setNumber(0)
                        .build(),
                Everything.newBuilder()
                        .setAFloat(Float.NaN)
                        .setADouble(Double.NEGATIVE_INFINITY)
                        .build(),
                Everything.newBuilder().setAFloat(1e10f).setADouble(100).build(),
                Everything.newBuilder().setColourValue(-3).build());
    }

    @ParameterizedTest
    @MethodSource("plainMessages")
    void messagesAreWrittenAsTheyAreByText(Everything message) throws Exception {
        DynamicMessage dynamic = dynamic(message);

        assertThat(function.response(ReceivedMessage.of(dynamic)).orThrow())
                .isEqualTo(function.responseByText(dynamic).orThrow());
        assertThat(Everything.parseFrom(function.request((JsonObject)
                        function.response(ReceivedMessage.of(dynamic)).orThrow())))
                .isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'a_bool':true,'a_string':'x','some_bytes':'AQID','an_int32':-5,'a_uint32':4294967295}",
                "{'a_sint64':'-12','a_fixed64':12,'a_float':1.1,'a_double':1e300,'colour':'COLOUR_RED'}",
                "{'colours':['COLOUR_RED','COLOUR_UNKNOWN'],'counts':{'a':1,'b':'2'}}",
                "{'inner':{'inner':{'a_bool':false}},'children':[{},{'number':3}],'text':'one'}",
            })
    void usualParametersAreReadWithoutText(String text) throws Exception {
        JsonObject params = json(text);

        byte[] plain = PlainJsonEncoder.message(METHOD.getInputType(), params);

        assertThat(plain).isNotNull();
        assertThat(DynamicMessage.parseFrom(METHOD.getInputType(), plain)).isEqualTo(function.requestFromText(params));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'aBool':true}",
                "{'a_bool':'true'}",
                "{'a_bool':null,'children':null}",
                "{'a_string':5}",
                "{'some_bytes':'AQ'}",
                "{'some_bytes':'-_-_'}",
                "{'an_int32':'7'}",
                "{'an_int32':7.0}",
                "{'a_uint32':1e3}",
                "{'a_sint64':'-9223372036854775808','a_fixed64':'18446744073709551615'}",
                "{'a_float':'NaN','a_double':'-Infinity'}",
                "{'colour':1,'colours':[9]}",
                "{'at':'2026-01-02T03:04:05Z','took':'1.5s','anything':{'x':[1,null]},'value':null,'maybe':'5'}",
                "{'by_number':{'3':{'a_bool':true}}}",
            })
    void oddSpellingsAreReadAsTheyAreByText(String text) throws Exception {
        JsonObject params = json(text);

        assertThat(DynamicMessage.parseFrom(METHOD.getInputType(), function.request(params)))
                .isEqualTo(function.requestFromText(params));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'unknown':1}",
                "{'a_bool':true,'aBool':true}",
                "{'text':'a','number':1}",
                "{'an_int32':2147483648}",
                "{'a_uint32':-1}",
                "{'a_fixed64':-1}",
                "{'a_float':1e39}",
                "{'a_double':1e999}",
                "{'colour':'COLOUR_BLUE'}",
                "{'children':[null]}",
                "{'counts':[]}",
                "{'inner':[]}",
                "{'some_bytes':'*'}",
            })
    void whatIsWrongIsRefusedWithTheLibrarysReason(String text) {
        JsonObject params = json(text);

        assertThatThrownBy(() -> function.request(params))
                .isInstanceOf(InvalidProtocolBufferException.class)
                .satisfies(refused -> assertThatThrownBy(() -> function.requestFromText(params))
                        .hasMessage(refused.getMessage()));
    }

    @Test
    void formsOfTheirOwnAreLeftToTheText() throws Exception {
        Everything message = Everything.newBuilder()
                .setAt(Timestamp.newBuilder().setSeconds(5))
                .build();

        assertThat(PlainJsonWriter.object(dynamic(message))).isNull();
        assertThat(List.of(
                        function.response(ReceivedMessage.of(dynamic(message))).orThrow()))
                .containsExactly(function.responseByText(dynamic(message)).orThrow());
    }

    @Test
    void deepAndLargeMessagesAreLeftToTheText() throws Exception {
        Everything deep = Everything.getDefaultInstance();
        for (int i = 0; i < PlainJson.DEEPEST; i++) {
            deep = Everything.newBuilder().setInner(deep).build();
        }
        Everything.Builder large = Everything.newBuilder();
        for (int i = 0; i < PlainJson.MOST_VALUES / 10; i++) {
            large.addChildren(Everything.getDefaultInstance());
        }

        assertThat(PlainJsonWriter.object(dynamic(deep))).isNull();
        assertThat(PlainJsonWriter.object(dynamic(large.build()))).isNull();
        assertThat(function.response(ReceivedMessage.of(dynamic(deep))).orThrow())
                .isEqualTo(function.responseByText(dynamic(deep)).orThrow());
    }
}

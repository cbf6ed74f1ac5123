package dev.mortise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.json.JsonCodec;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyValueTest {

    private static final JsonObject SCHEMA = JsonCodec.STANDARD.parseObject("""
                    {"properties": {
                        "text": {"type": "string"},
                        "maybe": {"type": ["string", "null"]},
                        "number": {"type": "integer"}}}
                    """).orThrow();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "text=42         | \"42\"",
                "text=true       | \"true\"",
                "text={\"a\":1}  | \"{\\\"a\\\":1}\"",
                "text=           | \"\"",
                "maybe=null      | \"null\"",
                "maybe:=null     | null",
                "text:=42        | 42",
                "number=42       | 42",
                "unknown=42      | 42",
                "unknown=word    | \"word\"",
                "unknown=[1,2]   | [1,2]",
                "unknown=a=b     | \"a=b\""
            })
    void becomesWhatTheSchemaSays(String argument, String json) {
        assertThat(KeyValue.parse(argument).value(Optional.of(SCHEMA))).hasToString(json);
    }

    @Test
    void becomesJsonWhereItReadsAsJsonWithoutASchema() {
        assertThat(KeyValue.parse("text=42").value(Optional.empty())).hasToString("42");
    }

    @ParameterizedTest
    @ValueSource(strings = {"word", "=value", ":=1", ""})
    void isRefusedWithoutAKey(String argument) {
        assertThatThrownBy(() -> KeyValue.parse(argument)).isInstanceOf(CommandFailure.class);
    }
}

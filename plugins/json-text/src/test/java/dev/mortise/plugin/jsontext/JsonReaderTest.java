package dev.mortise.plugin.jsontext;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

    @Test
    void readsEveryKindOfValue() {
        JsonObject expected = JsonObject.of("text", "a\"b\\c/d\n\u00e9\ud83d\ude00")
                .with("number", new BigDecimal("-1.50e3"))
                .with("flags", List.of(true, false))
                .with("nothing", null)
                .with("nested", JsonObject.of("empty", List.of()).with("object", JsonObject.EMPTY));
        String text = """
                 {"text": "a\\"b\\\\c\\/d\\n\\u00e9\\ud83d\\ude00", "number": -1.50e3, "flags": [true,false],
                  "nothing": null, "nested": {"empty": [ ], "object": { }}}
                """;
        assertThat(JsonReader.read(text)).contains(expected);
    }

    @Test
    void readsWhatJsonValuesWrite() {
        JsonObject value = JsonObject.of("a", List.of(1, "\u2028", Arrays.asList((Object) null)));
        assertThat(JsonReader.read(value.toString())).contains(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "{\"a\" 1}",
                "[1 2]",
                "\"a",
                "\"a\nb\"",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u00g0\"",
                "01",
                "1.",
                ".5",
                "+1",
                "1e",
                "1e99999999999",
                "nul",
                "True",
                "NaN",
                "{} {}",
                "// a\n1"
            })
    void readsNothingElse(String text) {
        assertThat(JsonReader.read(text)).isEmpty();
    }

    @Test
    void refusesToGoTooDeep() {
        assertThat(JsonReader.read("[".repeat(128) + "]".repeat(128))).isPresent();
        assertThat(JsonReader.read("[".repeat(129) + "]".repeat(129))).isEmpty();
        assertThat(JsonReader.read("[".repeat(1_000_000))).isEmpty();
    }
}

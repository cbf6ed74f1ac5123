package dev.mortise.plugin.jsontext;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRepairTest {

    static List<Arguments> repairable() {
        return List.of(
                repairable("```json\n{\"a\": 1}\n```", "{\"a\":1}", Repair.CODE_FENCE),
                repairable("```\n[1]", "[1]", Repair.CODE_FENCE),
                repairable("```json\n{\"a\": [1, 2\n```\n", "{\"a\":[1,2]}", Repair.CODE_FENCE, Repair.UNCLOSED),
                repairable(
                        "Here you are:\n```json\n{\"code\": \"```\"}\n```\nAnything else?",
                        "{\"code\":\"```\"}",
                        Repair.CODE_FENCE,
                        Repair.SURROUNDING_TEXT),
                repairable(
                        "```json\n{\"a\": \"Run:\n```\nif (b) {c}\n```\nDone.\", \"d\": 1}\n```",
                        "{\"a\":\"Run:\\n```\\nif (b) {c}\\n```\\nDone.\",\"d\":1}",
                        Repair.CODE_FENCE,
                        Repair.RAW_CONTROL_CHARACTER),
                repairable(
                        "```json\n{\"a\": \"Run\n```\nThat is \"all\".",
                        "{\"a\":\"Run\"}",
                        Repair.CODE_FENCE,
                        Repair.UNCLOSED,
                        Repair.SURROUNDING_TEXT),
                repairable("Sure! {\"a\": 1} Bye.", "{\"a\":1}", Repair.SURROUNDING_TEXT),
                repairable("{\"a\": 1,}", "{\"a\":1}", Repair.TRAILING_COMMA),
                repairable("[1, [2, ], ]", "[1,[2]]", Repair.TRAILING_COMMA),
                repairable("{'a': 'it's fine', 'b': 'c'}", "{\"a\":\"it's fine\",\"b\":\"c\"}", Repair.WRONG_QUOTES),
                repairable("{\u201ca\u201d: \u201cb\u201d}", "{\"a\":\"b\"}", Repair.WRONG_QUOTES),
                repairable("{'a': 'say \"hi\"'}", "{\"a\":\"say \\\"hi\\\"\"}", Repair.WRONG_QUOTES),
                repairable("{a: 1, b_2: 2}", "{\"a\":1,\"b_2\":2}", Repair.UNQUOTED_KEY),
                repairable("{\"a\": True, \"b\": None}", "{\"a\":true,\"b\":null}", Repair.PYTHON_LITERAL),
                repairable(
                        "{\"a\": 1, // first\n /* second */ \"b\": 2 # third\n}", "{\"a\":1,\"b\":2}", Repair.COMMENT),
                repairable("{\"url\": \"http://x#y\",}", "{\"url\":\"http://x#y\"}", Repair.TRAILING_COMMA),
                repairable("{\"a\": \"one\ntwo\"}", "{\"a\":\"one\\ntwo\"}", Repair.RAW_CONTROL_CHARACTER),
                repairable("{\"a\": \"\\d+ \\'x\\'\"}", "{\"a\":\"\\\\d+ 'x'\"}", Repair.INVALID_ESCAPE),
                repairable("{\"a\": [1, {\"b\": \"c", "{\"a\":[1,{\"b\":\"c\"}]}", Repair.UNCLOSED),
                repairable("{\"a\": 1, \"b\": ", "{\"a\":1}", Repair.UNCLOSED),
                repairable("{\"a\": 1, \"b\": tr", "{\"a\":1}", Repair.UNCLOSED),
                repairable("{\"a\": 1, \"b", "{\"a\":1}", Repair.UNCLOSED),
                repairable("{\"a\": \"x\\u00", "{\"a\":\"x\"}", Repair.UNCLOSED),
                repairable("{\"a\": \"x\\ud83d", "{\"a\":\"x\"}", Repair.UNCLOSED),
                repairable("{\"a\": \"x\\ud83d\\ude", "{\"a\":\"x\"}", Repair.UNCLOSED),
                repairable("[1, 2, 3", "[1,2,3]", Repair.UNCLOSED),
                repairable("{\"a\": [1, 2}", "{\"a\":[1,2]}", Repair.UNCLOSED),
                repairable("[{\"a\": 1]", "[{\"a\":1}]", Repair.UNCLOSED),
                repairable("{\"a\": 1}}", "{\"a\":1}", Repair.SURROUNDING_TEXT));
    }

    private static Arguments repairable(String text, String json, Repair... repairs) {
        return Arguments.of(text, json, List.of(repairs));
    }

    @ParameterizedTest
    @MethodSource("repairable")
    void repairs(String text, String json, List<Repair> repairs) {
        Repaired repaired = JsonRepair.repair(text).orElseThrow();
        assertThat(repaired.value()).isEqualTo(JsonReader.read(json).orElseThrow());
        assertThat(repaired.repairs()).containsExactlyInAnyOrderElementsOf(repairs);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON at all",
                "{\"a\": 1} {\"a\": 2}",
                "```json\n{\"a\": 1}\n```\nor\n```json\n{\"a\": 2}\n```",
                "{\"a\" 1}",
                "{\"a\": 1 \"b\": 2}",
                "[1 2]",
                "{\"a\": undefined}",
                "{\"a\": 1.2.3}",
                "{\"a\": \"he said \"hi\" to me\"}",
                "[1}",
                "{,}",
                "I like {curly} brackets [and others]"
            })
    void leavesAloneWhatItDoesNotUnderstand(String text) {
        assertThat(JsonRepair.repair(text)).isEmpty();
    }

    @Test
    void whatItRepairsIsJsonWhateverIsCutOff() {
        String whole =
                "{\"a\": [1, -2.5e3, \"t\\u00e9\\\"xt\", {\"b\": null}], \"c\": {\"d\": [true, false]}, \"e\": \"\"}";
        for (int length = 1; length < whole.length(); length++) {
            Repaired repaired = JsonRepair.repair(whole.substring(0, length)).orElseThrow();
            assertThat(JsonReader.read(repaired.value().toString())).contains(repaired.value());
            assertThat(repaired.repairs()).containsExactly(Repair.UNCLOSED);
        }
    }

    @Test
    void isNotOverwhelmed() {
        assertThat(JsonRepair.repair("[".repeat(1_000_000))).isEmpty();
        String apostrophes = String.join("", Collections.nCopies(200_000, "'a "));
        assertThat(JsonRepair.repair("{'a': '" + apostrophes)).isPresent();
        assertThat(JsonRepair.repair("[".repeat(10) + "/* ".repeat(500_000))).isPresent();
        assertThat(JsonRepair.repair("[" + String.join(",", Collections.nCopies(100_000, "1")))
                        .orElseThrow()
                        .repairs())
                .containsExactly(Repair.UNCLOSED);
    }
}

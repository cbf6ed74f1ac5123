package dev.mortise.runtime.process.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "-1.5",
                "12345678901234567890.123456789",
                "\"a\\u0000\\\"\"",
                "[]",
                "{}",
                "[1,[2,{\"a\":null,\"b\":[false]}]]"
            })
    void readsWhatItWrites(String text) {
        assertThat(JsonText.value(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,]", "{\"a\":1}{}", "nul", "'a'", "NaN", "{a:1}"})
    void refusesWhatIsNoJson(String text) {
        assertThatThrownBy(() -> JsonText.value(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1"})
    void refusesWhatIsNoObject(String text) {
        assertThatThrownBy(() -> JsonText.object(text)).isInstanceOf(IllegalArgumentException.class);
    }
}

package dev.mortise.plugin.promptcomplexityscorer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeSpansTest {

    @ParameterizedTest
    @CsvSource({
        "no code, 0",
        "a `b` c, 3",
        "a `b` c `de` f, 7",
        "```x```, 7",
        "```not closed, 0",
        "`not closed, 0",
        "`` empty ``, 9",
        "'```a``` `b`', 10"
    })
    void countsTheCharacters(String text, int characters) {
        assertThat(CodeSpans.characters(text)).isEqualTo(characters);
    }
}

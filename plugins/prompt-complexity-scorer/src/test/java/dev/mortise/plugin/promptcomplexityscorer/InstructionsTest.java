package dev.mortise.plugin.promptcomplexityscorer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstructionsTest {

    @ParameterizedTest
    @CsvSource({
        "What is this?, 0",
        "'Explain, EXPLAIN and explained', 2",
        "listing lists a list_of, 0",
        "'step 1, step 22, step x, step-3', 2",
        "you must write it, 2"
    })
    void countsWholeWords(String text, int instructions) {
        assertThat(Instructions.in(text)).isEqualTo(instructions);
    }
}

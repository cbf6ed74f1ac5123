package dev.mortise.plugin.promptcomplexityscorer;

import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.plugin.llmtext.ChatMessage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * What speaks for a demanding prompt, each from 0 to 1.
 *
 * @param depth how long its texts are
 * @param turns how many messages there are
 * @param code how much of it is code
 * @param instructions how many instructions it holds
 */
record Signals(double depth, double turns, double code, double instructions) {

    private static final double DEEPEST_CHARACTERS = 6000;
    private static final double MOST_FURTHER_MESSAGES = 9;
    /** A text of which half is code is about code. */
    private static final double MOST_CODE = 0.5;

    private static final double MOST_INSTRUCTIONS = 10;
    private static final int DECIMALS = 3;

    static Signals of(List<ChatMessage> messages) {
        String text = PromptText.of(messages);
        int characters = text.codePointCount(0, text.length());
        double code = characters == 0 ? 0 : (double) CodeSpans.characters(text) / characters;
        return new Signals(
                share(characters, DEEPEST_CHARACTERS),
                share(Math.max(0, messages.size() - 1), MOST_FURTHER_MESSAGES),
                share(code, MOST_CODE),
                share(Instructions.in(text), MOST_INSTRUCTIONS));
    }

    private static double share(double of, double most) {
        return Math.min(1, of / most);
    }

    /** From 0 to 1, with three decimals. */
    BigDecimal weighed(Weights weights) {
        double sum = depth * weights.depth()
                + turns * weights.turns()
                + code * weights.code()
                + instructions * weights.instructions();
        return rounded(Math.clamp(sum, 0, 1));
    }

    JsonObject json() {
        return JsonObject.of("depth", new JsonNumber(rounded(depth)))
                .with("turns", new JsonNumber(rounded(turns)))
                .with("code", new JsonNumber(rounded(code)))
                .with("instructions", new JsonNumber(rounded(instructions)));
    }

    /** Of the exact value of the double, so that what lies in the middle only by its decimal notation does not count. */
    private static BigDecimal rounded(double value) {
        return new BigDecimal(value).setScale(DECIMALS, RoundingMode.HALF_EVEN);
    }
}

package dev.mortise.host.json;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressions;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A regular expression of a schema, of whose author nothing is known. */
final class BudgetedPattern implements RegularExpression {

    private static final int LONGEST = 2_000;

    private final Pattern pattern;

    /** @throws PatternSyntaxException if it is none */
    BudgetedPattern(String expression) {
        if (expression.length() > LONGEST) {
            throw new PatternSyntaxException("longer than " + LONGEST + " characters", "…", -1);
        }
        try {
            pattern = Pattern.compile(RegularExpressions.replaceLongformCharacterProperties(
                    RegularExpressions.replaceDollarAnchors(expression)));
        } catch (StackOverflowError e) {
            throw new PatternSyntaxException("nested too deeply", "…", -1);
        }
    }

    @Override
    public boolean matches(String text) {
        try {
            // Patterns of JSON Schema are not anchored.
            return pattern.matcher(new CountedText(text, PatternBudget.CURRENT.get()))
                    .find();
        } catch (StackOverflowError e) {
            // The JDK's matcher recurses for each repetition of a group.
            throw new PatternBudget.Exhausted();
        }
    }

    /** Counts each look at a character. */
    private record CountedText(String text, PatternBudget budget) implements CharSequence {

        @Override
        public char charAt(int index) {
            budget.spend();
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}

package dev.mortise.plugin.canarydetector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TextSearchTest {

    @Test
    void findsWhatIsThereAndNothingElse() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            String text = text(random, random.nextInt(20));
            String part = text(random, random.nextInt(6));
            assertThat(TextSearch.contains(text, part))
                    .as("%s in %s", part, text)
                    .isEqualTo(text.contains(part));
        }
    }

    @Test
    @Timeout(60)
    void takesNoLongerForTextsThatAreWrittenForIt() {
        assertThat(TextSearch.contains("a".repeat(2_000_000), "a".repeat(1_000_000) + "b"))
                .isFalse();
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(random.nextBoolean() ? 'a' : 'b');
        }
        return text.toString();
    }
}

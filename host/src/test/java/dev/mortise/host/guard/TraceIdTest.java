package dev.mortise.host.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TraceIdTest {

    @Test
    void isWrittenInAllItsDigits() {
        Iterator<Long> numbers = List.of(1L, 0xfedc_ba98_7654_3210L).iterator();
        RandomGenerator random = numbers::next;

        assertThat(TraceId.random(random)).isEqualTo("0000000000000001fedcba9876543210");
    }

    @Test
    void isNeverTheOneThatIsNone() {
        Iterator<Long> numbers = List.of(0L, 0L, 0L, -1L).iterator();
        RandomGenerator random = numbers::next;

        assertThat(TraceId.random(random)).isEqualTo("0000000000000000ffffffffffffffff");
    }

    @Test
    void isValid() {
        RandomGenerator random = new SplittableRandom(1);

        for (int i = 0; i < 100; i++) {
            assertThat(TraceId.isValid(TraceId.random(random))).isTrue();
        }
    }
}

package dev.mortise.plugin.shadowtraffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {

    @Test
    void holdsAboutItsShareOfIds() {
        Sample sample = new Sample(0.05);
        long held = IntStream.range(0, 100_000)
                .filter(i -> sample.holds("%032x".formatted(i * 2654435761L)))
                .count();
        assertThat(held).isBetween(4000L, 6000L);
    }

    @Test
    void holdsAllOrNothing() {
        assertThat(IntStream.range(0, 1000).allMatch(i -> new Sample(1).holds("trace-" + i)))
                .isTrue();
        assertThat(IntStream.range(0, 1000).noneMatch(i -> new Sample(0).holds("trace-" + i)))
                .isTrue();
    }
}

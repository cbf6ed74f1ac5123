package dev.mortise.plugin.piimasker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PendingValuesTest {

    private final PendingValues pending =
            new PendingValues(2, Duration.ofMinutes(1), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    @Test
    void keepsRequestsApart() {
        pending.put("a", Map.of("[EMAIL_1]", "ada@example.org"));
        pending.put("b", Map.of("[EMAIL_1]", "bob@example.org"));
        assertThat(pending.take("b")).contains(Map.of("[EMAIL_1]", "bob@example.org"));
        assertThat(pending.take("a")).contains(Map.of("[EMAIL_1]", "ada@example.org"));
    }

    @Test
    void forgetsTheOldestWhenThereAreTooMany() {
        pending.put("a", Map.of());
        pending.put("b", Map.of());
        pending.put("a", Map.of());
        pending.put("c", Map.of());
        assertThat(pending.take("b")).isEmpty();
        assertThat(pending.take("a")).isPresent();
        assertThat(pending.take("c")).isPresent();
    }
}

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
        pending.put(1, Map.of("[EMAIL_1]", "ada@example.org"));
        pending.put(2, Map.of("[EMAIL_1]", "bob@example.org"));
        assertThat(pending.take(2)).contains(Map.of("[EMAIL_1]", "bob@example.org"));
        assertThat(pending.take(1)).contains(Map.of("[EMAIL_1]", "ada@example.org"));
    }

    @Test
    void forgetsTheOldestWhenThereAreTooMany() {
        pending.put(1, Map.of());
        pending.put(2, Map.of());
        pending.put(1, Map.of());
        pending.put(3, Map.of());
        assertThat(pending.take(2)).isEmpty();
        assertThat(pending.take(1)).isPresent();
        assertThat(pending.take(3)).isPresent();
    }
}

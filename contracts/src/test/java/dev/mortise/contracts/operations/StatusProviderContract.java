package dev.mortise.contracts.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.contracts.fixture.Crowd;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What users of a provider of status rely on. */
public abstract class StatusProviderContract {

    private static final Duration SLACK = Duration.ofSeconds(2);

    /** The implementation under test. */
    protected abstract StatusProvider provider();

    /** A component that does well, for this provider. */
    protected abstract Component operational();

    /** One that does not. */
    protected abstract Component down();

    /** One whose configuration makes no sense to it, such as none at all. */
    protected abstract Component senseless();

    @Test
    void itHasANameThatStays() {
        assertThat(provider().name()).isNotBlank().isEqualTo(provider().name());
    }

    @Test
    void aComponentThatDoesWellIsOperational() {
        Instant before = Instant.now();

        Check check = provider().check(operational());

        assertThat(check.state()).as(check.message()).isEqualTo(HealthState.OPERATIONAL);
        assertSound(check, operational(), before);
    }

    @Test
    void aComponentThatDoesNotIsDownAndItIsSaidWhy() {
        Instant before = Instant.now();

        Check check = provider().check(down());

        assertThat(check.state()).as(check.message()).isEqualTo(HealthState.DOWN);
        assertThat(check.message()).isNotBlank();
        assertSound(check, down(), before);
    }

    @Test
    void aConfigurationThatMakesNoSenseIsACheckToo() {
        Instant before = Instant.now();

        Check check = provider().check(senseless());

        assertThat(check.state()).isEqualTo(HealthState.UNKNOWN);
        assertThat(check.message()).isNotBlank();
        assertSound(check, senseless(), before);
    }

    @Test
    void manyCheckAtOnce() throws Exception {
        Crowd.each(number -> () -> {
            Component component = number % 2 == 0 ? operational() : down();
            HealthState expected = number % 2 == 0 ? HealthState.OPERATIONAL : HealthState.DOWN;
            Check check = provider().check(component);
            assertThat(check.state()).as(check.message()).isEqualTo(expected);
            assertThat(check.component()).isEqualTo(component.key());
            return check;
        });
    }

    private static void assertSound(Check check, Component component, Instant before) {
        assertThat(check.component()).isEqualTo(component.key());
        assertThat(check.latency()).isGreaterThanOrEqualTo(Duration.ZERO);
        assertThat(check.checkedAt())
                .isBetween(before.minus(SLACK), Instant.now().plus(SLACK));
    }
}

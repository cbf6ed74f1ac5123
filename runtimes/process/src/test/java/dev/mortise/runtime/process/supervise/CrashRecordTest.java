package dev.mortise.runtime.process.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.runtime.process.supervise.CrashRecord.Consequence.Quarantine;
import dev.mortise.runtime.process.supervise.CrashRecord.Consequence.Restart;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CrashRecordTest {

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final CrashRecord crashes = new CrashRecord(new RestartPolicy(
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            5,
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(3)));

    @Test
    void restartsAtOnceAtFirstThenWaitsLongerAndLongerUpToALimit() {
        assertThat(crashes.crashed(AT_ONCE)).isEqualTo(new Restart(Duration.ZERO));
        assertThat(crashes.crashed(AT_ONCE)).isEqualTo(new Restart(Duration.ofSeconds(1)));
        assertThat(crashes.crashed(AT_ONCE)).isEqualTo(new Restart(Duration.ofSeconds(2)));
        assertThat(crashes.crashed(AT_ONCE)).isEqualTo(new Restart(Duration.ofSeconds(3)));
    }

    @Test
    void putsAPluginThatWillNotStayUpIntoQuarantineAgainAndAgain() {
        for (int i = 0; i < 4; i++) {
            crashes.crashed(AT_ONCE);
        }

        assertThat(crashes.crashed(AT_ONCE)).isEqualTo(new Quarantine(Duration.ofMinutes(1)));
        assertThat(crashes.crashed(AT_ONCE)).isEqualTo(new Quarantine(Duration.ofMinutes(2)));
        assertThat(crashes.crashed(AT_ONCE)).isEqualTo(new Quarantine(Duration.ofMinutes(3)));
        assertThat(crashes.crashed(AT_ONCE)).isEqualTo(new Quarantine(Duration.ofMinutes(3)));
    }

    @Test
    void aPluginThatHasStayedUpBeginsWithACleanSlate() {
        for (int i = 0; i < 6; i++) {
            crashes.crashed(AT_ONCE);
        }

        assertThat(crashes.crashed(Duration.ofSeconds(30))).isEqualTo(new Restart(Duration.ZERO));
    }
}

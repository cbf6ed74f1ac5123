package dev.mortise.plugin.notifierslack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.contracts.operations.HealthState;
import dev.mortise.contracts.operations.Notification;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SlackTextTest {

    private static String text(String type, String title, String message, String component) {
        return SlackText.of(new Notification(
                        type, title, message, component, "", HealthState.OPERATIONAL, HealthState.DOWN, Instant.EPOCH))
                .text("text")
                .orElseThrow();
    }

    @Test
    void aMessageSaysWhatHappenedToWhat() {
        assertThat(text(Notification.COMPONENT_DOWN, "Shop is down", "connection refused", "shop"))
                .isEqualTo(":red_circle: Shop is down\nconnection refused\nshop: operational → down");
        assertThat(text("flag_changed", "Flag is on", "", "")).isEqualTo(":information_source: Flag is on");
    }

    @Test
    void nobodyIsMentionedByWhatANotificationHolds() {
        assertThat(text("x", "<!channel> & <@U123>", "<https://evil.example|click>", "<#C1>"))
                .contains("&lt;!channel&gt; &amp; &lt;@U123&gt;", "&lt;https://evil.example|click&gt;", "&lt;#C1&gt;")
                .doesNotContain("<", ">");
    }

    @Test
    void aLongMessageIsShortenedBetweenCharacters() {
        assertThat(text("x", "🎉".repeat(400), "y".repeat(10_000), ""))
                .contains("🎉".repeat(300) + "…")
                .hasSizeLessThan(5_000)
                .endsWith("y…");
    }
}

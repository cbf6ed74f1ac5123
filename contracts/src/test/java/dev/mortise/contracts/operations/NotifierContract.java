package dev.mortise.contracts.operations;

import static dev.mortise.contracts.fixture.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import dev.mortise.contracts.fixture.Crowd;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users of a notifier rely on. */
public abstract class NotifierContract {

    private static final Instant AT = Instant.parse("2026-03-01T12:00:00.123456Z");

    /** The implementation under test; whoever carries its notifications on is there and takes them. */
    protected abstract Notifier notifier();

    /** What has arrived at the far end, one text for each notification, in whatever form they are carried on. */
    protected abstract List<String> arrived();

    /** One whose far end cannot be reached. */
    protected abstract Notifier unreachable();

    /** One whose far end refuses what it is given. */
    protected abstract Notifier refused();

    private static Notification notification(String type, String title) {
        return new Notification(
                type, title, "No answer within 5 s", "site", "", HealthState.OPERATIONAL, HealthState.DOWN, AT);
    }

    private List<String> arrived(String title) {
        return arrived().stream().filter(text -> text.contains(title)).toList();
    }

    @Test
    void itHasANameThatStays() {
        assertThat(notifier().name()).isNotBlank().isEqualTo(notifier().name());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                Notification.COMPONENT_DOWN,
                Notification.COMPONENT_DEGRADED,
                Notification.COMPONENT_RECOVERED,
                Notification.FLAG_CHANGED,
                "a_type_of_another_time"
            })
    void whatItHasTakenHasArrivedOnceWithTitleAndMessage(String type) {
        notifier().notify(notification(type, "Title of " + type));

        assertThat(arrived("Title of " + type)).singleElement().asString().contains("No answer within 5 s");
    }

    @Test
    void aNotificationMayBeAboutAFlagAndNoComponent() {
        notifier()
                .notify(new Notification(
                        Notification.FLAG_CHANGED,
                        "Flag dark-mode is on",
                        "",
                        "",
                        "dark-mode",
                        HealthState.UNKNOWN,
                        HealthState.UNKNOWN,
                        Instant.EPOCH));

        assertThat(arrived("Flag dark-mode is on")).hasSize(1);
    }

    @Test
    void whatManyHandOverAtOnceArrivesOnce() throws Exception {
        Crowd.each(number -> () -> {
            notifier().notify(notification(Notification.COMPONENT_DOWN, "Crowd-" + number + "-end"));
            return number;
        });

        for (int number = 0; number < Crowd.SIZE; number++) {
            assertThat(arrived("Crowd-" + number + "-end")).hasSize(1);
        }
    }

    @Test
    void aFarEndThatIsAwayMeansLater() {
        assertRefused(
                Kind.UNAVAILABLE, () -> unreachable().notify(notification(Notification.COMPONENT_DOWN, "Unreachable")));
    }

    @Test
    void aFarEndThatRefusesSaysSo() {
        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> refused().notify(notification(Notification.COMPONENT_DOWN, "Refused")))
                .satisfies(refusal -> assertThat(refusal.kind()).isIn(Kind.FAILED, Kind.INVALID))
                .satisfies(refusal -> assertThat(refusal.getMessage()).isNotBlank());
    }
}

package dev.mortise.plugin.recordedcases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.Decision;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.testkit.HookOutcome;
import java.util.Map;
import java.util.Optional;

/** The comparisons of a call by value; a test may use them one by one. */
public final class Agreement {

    private Agreement() {}

    /** Everything: the decision, the body and the metadata afterwards. */
    public static void compare(RecordedCase recorded, HookOutcome actual) {
        compareDecision(recorded, actual.decision());
        compareBody(recorded, actual.decision());
        compareMetadata(recorded, actual.metadata());
    }

    /** The action; of a block its status, error type and message. */
    public static void compareDecision(RecordedCase recorded, Decision actual) {
        assertThat(action(actual))
                .as("action of the " + recorded.place())
                .isEqualTo(recorded.expected().action());
        if (actual instanceof Decision.Block(int status, String errorType, String message)) {
            assertThat(status)
                    .as("status of the " + recorded.place())
                    .isEqualTo(recorded.expected().status());
            assertThat(Optional.of(errorType))
                    .as("error type of the " + recorded.place())
                    .isEqualTo(recorded.expected().errorType());
            assertThat(Optional.of(message))
                    .as("message of the " + recorded.place())
                    .isEqualTo(recorded.expected().message());
        }
    }

    public static void compareBody(RecordedCase recorded, Decision actual) {
        assertThat(bodyAfter(recorded, actual))
                .as("body after the " + recorded.place())
                .isEqualTo(recorded.expected().body());
    }

    public static void compareMetadata(RecordedCase recorded, Map<String, JsonValue> actual) {
        assertThat(actual)
                .as("metadata after the " + recorded.place())
                .isEqualTo(recorded.expected().metadata().members());
    }

    /** The body as the decision leaves it. */
    public static JsonObject bodyAfter(RecordedCase recorded, Decision decision) {
        return decision instanceof Decision.Modify modify ? modify.body().orElse(recorded.body()) : recorded.body();
    }

    private static String action(Decision decision) {
        return switch (decision) {
            case Decision.Passthrough _ -> "passthrough";
            case Decision.Modify _ -> "modify";
            case Decision.Block _ -> "block";
            case Decision.Respond _ -> "cache_hit";
        };
    }
}

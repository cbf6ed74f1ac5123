package dev.mortise.server.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.ProblemCode;
import dev.mortise.server.route.Answer;
import org.junit.jupiter.api.Test;

class StrangersRoomTest {

    private static final Answer DONE = Answer.ok(JsonObject.EMPTY);

    private final StrangersRoom room = new StrangersRoom(100);

    @Test
    void whatHasNoRoomIsRefusedUntilThereIsSomeAgain() {
        Answer outer = room.with(60, () -> {
            assertThat(room.with(40, () -> DONE)).isEqualTo(DONE);
            assertThat(room.with(41, () -> DONE))
                    .isInstanceOfSatisfying(
                            Answer.Refused.class,
                            refused -> assertThat(refused.problem().code()).isEqualTo(ProblemCode.TOO_MANY_CALLS));
            return DONE;
        });

        assertThat(outer).isEqualTo(DONE);
        assertThat(room.with(100, () -> DONE)).isEqualTo(DONE);
    }

    @Test
    void aFailureGivesItsRoomBack() {
        assertThatThrownBy(() -> room.with(100, () -> {
                    throw new IllegalStateException("broken off");
                }))
                .hasMessage("broken off");

        assertThat(room.with(100, () -> DONE)).isEqualTo(DONE);
    }
}

package dev.mortise.server.listen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StrangersRoomTest {

    private final StrangersRoom room = new StrangersRoom(100);

    @Test
    void whatHasNoRoomIsRefusedUntilThereIsSomeAgain() {
        try (StrangersRoom.Share one = room.share()) {
            assertThat(one.take(30)).isTrue();
            assertThat(one.take(30)).isTrue();
            try (StrangersRoom.Share other = room.share()) {
                assertThat(other.take(41)).isFalse();
                assertThat(other.take(40)).isTrue();
            }
            assertThat(one.take(40)).isTrue();
            assertThat(one.take(1)).isFalse();
        }
        try (StrangersRoom.Share all = room.share()) {
            assertThat(all.take(100)).isTrue();
        }
    }
}

package dev.mortise.plugin.agenticloopbreaker;

import dev.mortise.api.StateStore;
import java.time.Duration;

/**
 * When a prompt has been sent within the window: a fixed number of places, each of which is taken by one sending and
 * free again once that is older than the window. Taking one is atomic, so that parallel requests, another instance
 * during a swap and a restart neither lose a sending nor count one twice.
 */
final class PromptHistory {

    private final StateStore state;
    private final String key;
    private final int places;
    private final Duration window;

    PromptHistory(StateStore state, String key, int places, Duration window) {
        this.state = state;
        this.key = key;
        this.places = places;
        this.window = window;
    }

    /** @return whether there was a free place */
    boolean add() {
        for (int place = 0; place < places; place++) {
            // The counter begins at one where the place is free, and the window with it.
            if (state.increment(place(place), 1, window) == 1) {
                return true;
            }
        }
        return false;
    }

    void forget() {
        for (int place = 0; place < places; place++) {
            state.delete(place(place));
        }
    }

    private String place(int number) {
        return "sent." + key + "." + number;
    }
}

package dev.mortise.plugin.smartbudgetguard;

import dev.mortise.api.StateStore;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Texts in the state store that are changed atomically, also against another instance during a swap, and end as a whole. */
final class ExpiringTexts {

    /** What a text begins as. */
    static final String BLANK = "0";

    private final StateStore state;

    ExpiringTexts(StateStore state) {
        this.state = state;
    }

    /**
     * Changes a text.
     *
     * @param timeToLive if it begins now
     * @param change from what is there, or {@link #BLANK}, to what is to be there; called again when others were faster
     * @return what was there before
     */
    String change(String key, Duration timeToLive, Function<String, String> change) {
        while (true) {
            String before = state.get(key).orElseGet(() -> begin(key, timeToLive));
            String after = change.apply(before);
            if (after.equals(before) || state.compareAndSet(key, before, after)) {
                return before;
            }
        }
    }

    Optional<String> get(String key) {
        return state.get(key);
    }

    /** As a counter, which begins with a time to live and never replaces what somebody else has begun. */
    private String begin(String key, Duration timeToLive) {
        try {
            return Long.toString(state.increment(key, 0, timeToLive));
        } catch (IllegalStateException e) {
            // Somebody has begun it meanwhile and gone on to what is no number; or the store is full.
            return state.get(key).orElseThrow(() -> e);
        }
    }
}

package dev.mortise.plugin.modelratelimiter;

import dev.mortise.api.StateStore;
import dev.mortise.plugin.llmtext.Fingerprint;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** The requests of each caller to each model within the last window, in the state store. */
final class SlidingWindows {

    private static final String PREFIX = "window.";

    /** As many keys as a plugin may have. */
    private static final int ALL = 100_000;

    private static final int LOCKS = 64;

    private final StateStore state;
    private final Clock clock;
    private final Duration window;

    /** Correct without them; with them, parallel requests to one model do not keep undoing each other's attempts. */
    private final Object[] locks = Stream.generate(Object::new).limit(LOCKS).toArray();

    SlidingWindows(StateStore state, Clock clock, Duration window) {
        this.state = state;
        this.clock = clock;
        this.window = window;
    }

    Admission admit(String tenant, String model, int limit) {
        String key = PREFIX + Fingerprint.of(tenant) + "." + Fingerprint.of(model);
        synchronized (locks[Math.floorMod(key.hashCode(), LOCKS)]) {
            while (true) {
                Optional<String> before = state.get(key);
                long now = clock.millis();
                RequestTimes times = RequestTimes.parse(before.orElse("")).since(now - window.toMillis());
                if (times.size() >= limit) {
                    return new Admission.Refused(
                            times.size(),
                            times.oldest()
                                    .map(oldest -> window.plusMillis(oldest - now))
                                    .orElse(window));
                }
                RequestTimes after = times.with(now);
                if (state.compareAndSet(key, before.orElse(null), after.toString())) {
                    return new Admission.Admitted(after.size());
                }
            }
        }
    }

    void forgetWhatIsOver() {
        long begin = clock.millis() - window.toMillis();
        for (String key : state.keys(PREFIX, ALL)) {
            state.get(key)
                    .filter(times -> RequestTimes.parse(times).since(begin).size() == 0)
                    .ifPresent(over -> state.compareAndSet(key, over, null));
        }
    }
}

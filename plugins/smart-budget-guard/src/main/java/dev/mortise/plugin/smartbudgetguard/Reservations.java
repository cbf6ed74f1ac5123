package dev.mortise.plugin.smartbudgetguard;

import dev.mortise.api.StateStore;
import java.time.Duration;
import java.util.Optional;

/** The reservations of requests that are under way, by the requests' ids, in the state store. */
final class Reservations {

    private static final String PREFIX = "reserved.";

    /** A request that takes longer keeps its estimate. */
    private static final Duration LONGEST_REQUEST = Duration.ofMinutes(15);

    private final StateStore state;

    Reservations(StateStore state) {
        this.state = state;
    }

    void open(String request, Reservation reservation) {
        state.set(PREFIX + request, reservation.toString(), LONGEST_REQUEST);
    }

    /** Takes it away: of several who try at the same time, one gets it. */
    Optional<Reservation> close(String request) {
        String key = PREFIX + request;
        Optional<String> open = state.get(key);
        return open.filter(found -> state.compareAndSet(key, found, null)).map(Reservation::parse);
    }
}

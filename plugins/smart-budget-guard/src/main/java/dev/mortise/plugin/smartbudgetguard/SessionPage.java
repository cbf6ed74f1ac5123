package dev.mortise.plugin.smartbudgetguard;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What some sessions of a team have spent on a day, each for itself up to a number, and all others together: so a page
 * stays small, however many sessions there are. Once a session is on a page it stays there. Immutable.
 *
 * @param spent by the sessions' fingerprints
 */
record SessionPage(Map<String, Money> spent) {

    /** How many have an entry of their own. */
    static final int MOST = 64;

    private static final String OTHERS = "others";

    /** Reads what {@link #toString} has written, or {@link ExpiringTexts#BLANK}. */
    static SessionPage parse(String text) {
        Map<String, Money> spent = new LinkedHashMap<>();
        if (!text.equals(ExpiringTexts.BLANK)) {
            for (String entry : text.split(",", -1)) {
                int equals = entry.indexOf('=');
                spent.put(entry.substring(0, equals), new Money(Long.parseLong(entry.substring(equals + 1))));
            }
        }
        return new SessionPage(spent);
    }

    /** By the session, or by all that share its entry. */
    Money spentBy(String session) {
        return spent.getOrDefault(entryOf(session), Money.ZERO);
    }

    SessionPage with(String session, Money amount) {
        Map<String, Money> changed = new LinkedHashMap<>(spent);
        changed.merge(entryOf(session), amount, Money::plus);
        return new SessionPage(changed);
    }

    private String entryOf(String session) {
        return spent.containsKey(session) || spent.size() < MOST ? session : OTHERS;
    }

    @Override
    public String toString() {
        return spent.isEmpty()
                ? ExpiringTexts.BLANK
                : spent.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue().nanos())
                        .collect(Collectors.joining(","));
    }
}

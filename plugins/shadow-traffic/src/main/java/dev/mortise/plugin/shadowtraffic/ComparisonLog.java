package dev.mortise.plugin.shadowtraffic;

import dev.mortise.api.StateStore;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.plugin.jsontext.JsonReader;
import java.util.Comparator;
import java.util.List;

/** The newest comparisons, in the state store: each takes the place of the one that has become too old. */
final class ComparisonLog {

    private static final String SEQUENCE = "sequence";
    private static final String PREFIX = "comparison.";
    /** More than any configuration allows. */
    private static final int ALL = 20_000;

    private final StateStore state;
    private final int most;

    ComparisonLog(StateStore state, int most) {
        this.state = state;
        this.most = most;
    }

    /** Forgets what no longer has a place, after the number has been lowered. */
    void trim() {
        state.keys(PREFIX, ALL).stream()
                .filter(key -> Integer.parseInt(key.substring(PREFIX.length())) >= most)
                .forEach(state::delete);
    }

    void add(JsonObject comparison) {
        long number = state.increment(SEQUENCE, 1);
        state.set(PREFIX + number % most, comparison.with(SEQUENCE, number).toString());
    }

    List<JsonValue> newest(int limit) {
        return state.keys(PREFIX, ALL).stream()
                .flatMap(key -> state.get(key).stream())
                .flatMap(text -> JsonReader.read(text).stream())
                .sorted(Comparator.comparingLong(ComparisonLog::number).reversed())
                .limit(limit)
                .toList();
    }

    private static long number(JsonValue comparison) {
        return comparison instanceof JsonObject object
                ? object.integer(SEQUENCE).orElse(0)
                : 0;
    }
}

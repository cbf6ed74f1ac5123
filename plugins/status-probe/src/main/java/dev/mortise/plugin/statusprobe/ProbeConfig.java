package dev.mortise.plugin.statusprobe;

import java.time.Duration;
import java.util.Map;

/** A component's configuration, as its provider reads it. What cannot be read is a finding. */
public record ProbeConfig(Map<String, String> values) {

    public ProbeConfig {
        values = Map.copyOf(values);
    }

    public String required(String key, String what) throws FindingException {
        String value = text(key, "");
        if (value.isEmpty()) {
            throw unfit(key, "is missing; it is " + what);
        }
        return value;
    }

    public String text(String key, String otherwise) {
        String value = values.getOrDefault(key, "").strip();
        return value.isEmpty() ? otherwise : value;
    }

    /** A number of milliseconds from 1 to the most. */
    public Duration millis(String key, Duration otherwise, Duration most) throws FindingException {
        return Duration.ofMillis(number(key, otherwise.toMillis(), most.toMillis()));
    }

    /** A number from 1 to the most. */
    public long number(String key, long otherwise, long most) throws FindingException {
        String value = text(key, Long.toString(otherwise));
        if (!value.matches("\\d{1,9}") || Long.parseLong(value) < 1 || Long.parseLong(value) > most) {
            throw unfit(key, "must be a number from 1 to " + most);
        }
        return Long.parseLong(value);
    }

    public FindingException unfit(String key, String why) {
        return new FindingException(
                Finding.unknown("the component's configuration makes no sense: " + key + " " + why));
    }
}

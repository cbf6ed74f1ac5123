package dev.mortise.host.manifest;

import java.time.Duration;
import java.util.OptionalInt;

/** Reads durations, which a manifest gives as whole milliseconds of at least one. */
final class Milliseconds {

    private Milliseconds() {}

    static Duration of(Fields fields, String name, int most, Duration otherwise) {
        OptionalInt given =
                fields.get(name).map(field -> field.wholeNumber(1, most)).orElse(OptionalInt.empty());
        return given.isPresent() ? Duration.ofMillis(given.getAsInt()) : otherwise;
    }
}

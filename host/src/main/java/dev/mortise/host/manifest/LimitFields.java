package dev.mortise.host.manifest;

import dev.mortise.host.model.Limits;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads {@code limits}. */
final class LimitFields {

    static final long MEBIBYTE = 1L << 20;

    private static final int HOUR_MS = 3_600_000;
    private static final int MOST_CALLS = 100_000;
    private static final int MOST_MEMORY_MB = 1 << 20;
    private static final List<String> KNOWN =
            List.of("deadline_ms", "load_deadline_ms", "drain_deadline_ms", "concurrency", "memory_mb");

    private LimitFields() {}

    static Limits read(Field limits) {
        return limits.fields(KNOWN).map(LimitFields::of).orElse(Limits.DEFAULT);
    }

    private static Limits of(Fields fields) {
        OptionalInt memory = fields.get("memory_mb")
                .map(field -> field.wholeNumber(1, MOST_MEMORY_MB))
                .orElse(OptionalInt.empty());
        return new Limits(
                Milliseconds.of(fields, "deadline_ms", HOUR_MS, Limits.DEFAULT.deadline()),
                Milliseconds.of(fields, "load_deadline_ms", HOUR_MS, Limits.DEFAULT.loadDeadline()),
                Milliseconds.of(fields, "drain_deadline_ms", HOUR_MS, Limits.DEFAULT.drainDeadline()),
                fields.get("concurrency")
                        .map(field -> field.wholeNumber(1, MOST_CALLS))
                        .orElse(OptionalInt.empty())
                        .orElse(Limits.DEFAULT.concurrency()),
                memory.isPresent() ? OptionalLong.of(memory.getAsInt() * MEBIBYTE) : OptionalLong.empty());
    }
}

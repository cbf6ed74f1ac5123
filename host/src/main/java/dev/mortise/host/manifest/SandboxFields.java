package dev.mortise.host.manifest;

import dev.mortise.host.model.IsolationLevel;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads {@code sandbox}. */
final class SandboxFields {

    private static final List<String> KNOWN = List.of("minimum");
    private static final List<String> LEVELS =
            Stream.of(IsolationLevel.values()).map(IsolationLevel::code).toList();

    private SandboxFields() {}

    static Optional<IsolationLevel> minimum(Field sandbox) {
        return sandbox.fields(KNOWN)
                .flatMap(fields -> fields.get("minimum"))
                .flatMap(field -> field.oneOf(LEVELS))
                .flatMap(IsolationLevel::of);
    }
}

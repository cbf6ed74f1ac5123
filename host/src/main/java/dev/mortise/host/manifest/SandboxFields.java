package dev.mortise.host.manifest;

import dev.mortise.api.json.JsonString;
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
        if (sandbox.value() instanceof JsonString) {
            // Other hosts name here what runs the plugin.
            sandbox.error("must be an object, such as {\"minimum\": \"" + IsolationLevel.ISOLATED.code()
                    + "\"}; what runs the plugin is named by 'runtime'");
            return Optional.empty();
        }
        return sandbox.fields(KNOWN)
                .flatMap(fields -> fields.get("minimum"))
                .flatMap(field -> field.oneOf(LEVELS))
                .flatMap(IsolationLevel::of);
    }
}

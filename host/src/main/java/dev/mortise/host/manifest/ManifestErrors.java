package dev.mortise.host.manifest;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.json.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the mistakes of one manifest while it is read. */
final class ManifestErrors {

    /** A hostile manifest can hold a hundred thousand; nobody reads that many. */
    private static final int KEPT = 100;

    private final List<ManifestError> errors = new ArrayList<>();
    private int count;

    void add(Optional<Position> at, String pointer, String message) {
        count++;
        if (errors.size() < KEPT) {
            errors.add(new ManifestError(at, pointer, message));
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Whether there are so many that looking for more is of no use. */
    boolean isFull() {
        return count >= KEPT;
    }

    Problem problem(String file) {
        List<ManifestError> inOrder =
                errors.stream().sorted(ManifestError.BY_PLACE).toList();
        String more = switch (count) {
            case 1 -> "";
            case 2 -> " (and 1 more error)";
            default -> " (and " + (count - 1) + " more errors)";
        };
        return Problem.of(ProblemCode.INVALID_MANIFEST, inOrder.getFirst().line(file) + more)
                .with("file", file)
                .with("count", count)
                .with(
                        "errors",
                        new JsonArray(inOrder.stream()
                                .<JsonValue>map(ManifestError::json)
                                .toList()));
    }
}

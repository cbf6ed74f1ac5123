package dev.mortise.runtime.jvm.scan;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.spi.PluginStartException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a scan of a package has found.
 *
 * @param violations the first of them
 * @param count how many there are
 * @param missing the permissions that would have to be declared as well
 * @param clean fingerprints of the class files that were looked at and have none
 * @param stoppableHooks whether everything that its hooks can reach can be stopped at any time
 */
record ScanReport(
        List<Violation> violations,
        int count,
        SortedSet<Permission> missing,
        Set<String> clean,
        boolean stoppableHooks) {

    private static final int MOST_IN_MESSAGE = 3;

    ScanReport {
        violations = List.copyOf(violations);
        missing = new TreeSet<>(missing);
        clean = Set.copyOf(clean);
    }

    /** Why the package must not be started, with every violation in the details; empty if it may. */
    Optional<PluginStartException> refusal() {
        if (count == 0) {
            return Optional.empty();
        }
        JsonObject details = JsonObject.of(
                        "violations", violations.stream().map(Violation::toJson).toList())
                .with("count", count);
        return Optional.of(new PluginStartException(
                message(), missing.isEmpty() ? details : details.with("missing_permissions", missingJson())));
    }

    private String message() {
        List<String> first = new ArrayList<>();
        for (Violation violation : violations.subList(0, Math.min(MOST_IN_MESSAGE, violations.size()))) {
            first.add("(" + (first.size() + 1) + ") " + violation);
        }
        int more = count - first.size();
        return "its code does what its manifest does not permit: " + String.join(" ", first)
                + (more > 0 ? " and " + more + " more" : "")
                + (missing.isEmpty()
                        ? "; take it out of the plugin"
                        : "; take it out, or add to the manifest \"permissions\": " + missingJson());
    }

    private JsonObject missingJson() {
        JsonObject json = JsonObject.EMPTY;
        for (Permission permission : missing) {
            json = json.with(permission.field(), permission.example());
        }
        return json;
    }
}

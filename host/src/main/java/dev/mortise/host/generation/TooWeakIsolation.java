package dev.mortise.host.generation;

import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.model.IsolationLevel;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.spi.Isolation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Refuses plugins that would be kept in less than their manifest demands. */
final class TooWeakIsolation {

    private static final String REMEDY =
            "`mortise doctor` says what this machine can do. Provide what is lacking, choose another"
                    + " machine, or lower sandbox.minimum in the manifest";

    private TooWeakIsolation() {}

    /** @param offered what the instance would be in; empty for the host's own memory */
    static Optional<Problem> problem(Manifest manifest, Optional<Isolation> offered) {
        return manifest.minimumIsolation()
                .filter(wanted ->
                        !offered.map(one -> one.level().reaches(wanted)).orElse(false))
                .map(wanted -> Problem.of(
                                ProblemCode.LOAD_FAILED,
                                manifest.id(),
                                manifest.id() + " " + manifest.version()
                                        + " cannot be loaded: it demands the sandbox level '"
                                        + wanted.code() + "', and "
                                        + offered.map(one -> weak(one, wanted)).orElseGet(() -> none(manifest)))
                        .with("version", manifest.version().value())
                        .with("demanded", wanted.code())
                        .with("reached", offered.map(one -> one.level().code()).orElse("none"))
                        .with("lacking", lacking(offered, wanted)));
    }

    private static String weak(Isolation offered, IsolationLevel wanted) {
        return "this machine reaches '" + offered.level().code() + "' for it by " + offered.mechanism() + ". Lacking: "
                + offered.lacking(wanted).stream()
                        .map(layer -> layer.name() + ": " + layer.detail())
                        .collect(Collectors.joining("; "))
                + ". " + REMEDY;
    }

    private static String none(Manifest manifest) {
        return "the runtime '" + manifest.runtime()
                + "' runs plugins in the host's own memory, which is no sandbox; use a runtime that has one, such as 'process'";
    }

    private static List<String> lacking(Optional<Isolation> offered, IsolationLevel wanted) {
        return offered.map(one ->
                        one.lacking(wanted).stream().map(Isolation.Layer::name).toList())
                .orElse(List.of());
    }
}

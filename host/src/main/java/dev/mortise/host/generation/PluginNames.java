package dev.mortise.host.generation;

import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.model.Text;
import java.util.List;
import java.util.Optional;

/** Finds out which plugin a person means. Programs use ids; people also know the names that plugins are shown by. */
final class PluginNames {

    private PluginNames() {}

    /** An id that is valid and unknown stands for itself, for it may be a plugin's that could not be installed. */
    static Result<PluginId> find(String name, LiveGeneration generation) {
        Optional<PluginId> literal = PluginId.isValid(name) ? Optional.of(new PluginId(name)) : Optional.empty();
        if (literal.filter(generation.members()::containsKey).isPresent()) {
            return Result.ok(literal.get());
        }
        List<PluginId> shown = generation.members().values().stream()
                .filter(member -> member.manifest().name().equals(name))
                .map(Member::id)
                .toList();
        if (shown.size() > 1) {
            return Result.refused(Problem.of(
                    ProblemCode.PLUGIN_NOT_FOUND,
                    "several plugins are called '" + Text.abbreviate(name) + "': " + shown + "; use an id"));
        }
        return shown.stream()
                .findFirst()
                .or(() -> PluginId.spelt(name).filter(generation.members()::containsKey))
                .or(() -> literal)
                .map(Result::ok)
                .orElseGet(() -> Result.refused(Problem.of(
                        ProblemCode.PLUGIN_NOT_FOUND,
                        "there is no plugin '" + Text.abbreviate(name)
                                + "'; name it by its id, such as hello-world, or by its display name")));
    }
}

package dev.mortise.host.generation;

import dev.mortise.host.Functions.FunctionView;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.model.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which function a name means, in one generation. */
final class FunctionTable {

    private final SortedMap<String, LiveFunction> byQualifiedName = new TreeMap<>();
    private final Map<String, List<LiveFunction>> byName = new TreeMap<>();

    FunctionTable(Collection<Member> members) {
        for (Member member : members) {
            member.instance().ifPresent(instance -> instance.functions().forEach(this::add));
        }
    }

    private void add(LiveFunction function) {
        byQualifiedName.put(function.view().qualifiedName(), function);
        byName.computeIfAbsent(function.view().name(), _ -> new ArrayList<>()).add(function);
    }

    List<FunctionView> views() {
        return byQualifiedName.values().stream().map(LiveFunction::view).toList();
    }

    Result<LiveFunction> find(String name) {
        LiveFunction qualified = byQualifiedName.get(name);
        if (qualified != null) {
            return Result.ok(qualified);
        }
        List<LiveFunction> bare = byName.getOrDefault(name, List.of());
        return switch (bare.size()) {
            case 0 -> Result.refused(notFound(name));
            case 1 -> Result.ok(bare.getFirst());
            default -> Result.refused(ambiguous(name, bare));
        };
    }

    private static Problem notFound(String name) {
        return Problem.of(
                ProblemCode.FUNCTION_NOT_FOUND,
                "no active plugin offers a function '" + Text.abbreviate(name) + "'; list them to see which there are");
    }

    private static Problem ambiguous(String name, List<LiveFunction> candidates) {
        List<String> names =
                candidates.stream().map(one -> one.view().qualifiedName()).toList();
        return Problem.of(
                        ProblemCode.FUNCTION_AMBIGUOUS,
                        names.size() + " plugins offer '" + name + "'; say which: "
                                + names.stream().collect(Collectors.joining(" or ")))
                .with("candidates", names);
    }
}

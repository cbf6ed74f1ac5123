package dev.mortise.testkit;

import dev.mortise.host.model.HookDeclaration;
import dev.mortise.host.spi.Contributions;
import java.util.List;
import java.util.Optional;

/** Finds the hook that a test means, from what the manifest declares. */
final class Hooks {

    private Hooks() {}

    static HookDeclaration declared(List<HookDeclaration> declared, HookRequest request) {
        List<HookDeclaration> meant = declared.stream()
                .filter(hook -> request.ring().isEmpty() || request.ring().get().equals(hook.on()))
                .toList();
        if (meant.size() == 1) {
            return meant.getFirst();
        }
        String rings = declared.stream().map(HookDeclaration::on).toList().toString();
        throw new AssertionError(
                meant.isEmpty()
                        ? "the manifest declares no hook"
                                + request.ring().map(ring -> " in " + ring).orElse("") + ", only in " + rings
                        : "the manifest declares hooks in " + rings + "; say which is meant with ring(\"…\")");
    }

    static Contributions.Hook handler(Contributions contributions, HookDeclaration declared) {
        Optional<Contributions.Hook> named = contributions.hooks().stream()
                .filter(hook -> declared.className().isEmpty()
                        || declared.className().get().equals(hook.className()))
                .findFirst();
        return named.orElseThrow(() ->
                new AssertionError("the hook class " + declared.className().orElse("")
                        + " of the manifest is not among the plugin's hooks "
                        + contributions.hooks().stream()
                                .map(Contributions.Hook::className)
                                .toList()));
    }
}

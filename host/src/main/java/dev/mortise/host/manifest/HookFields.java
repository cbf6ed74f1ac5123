package dev.mortise.host.manifest;

import dev.mortise.api.json.JsonString;
import dev.mortise.host.model.FailPolicy;
import dev.mortise.host.model.HookDeclaration;
import dev.mortise.host.model.PluginId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads {@code hooks}, and its short form: {@code hook} with the other fields beside it. */
final class HookFields {

    static final int LONGEST_TIMEOUT_MS = 60_000;

    private static final int MOST_HOOKS = 50;
    private static final int MOST_NEIGHBOURS = 100;
    private static final List<String> KNOWN =
            List.of("on", "class_name", "priority", "timeout_ms", "fail_policy", "before", "after");
    private static final List<String> SHORTHAND = List.of("priority", "timeout_ms", "fail_policy");

    private final Optional<PluginId> self;

    HookFields(Optional<PluginId> self) {
        this.self = self;
    }

    List<HookDeclaration> read(Fields manifest) {
        Optional<Field> hook = manifest.get("hook");
        Optional<Field> hooks = manifest.get("hooks");
        boolean shorthand = hook.isPresent() && hook.get().value() instanceof JsonString;
        if (!shorthand) {
            SHORTHAND.forEach(name -> manifest.get(name)
                    .ifPresent(field ->
                            field.keyError("belongs beside a 'hook' that names a ring, or into an entry of 'hooks'")));
        }
        if (hook.isPresent() && hooks.isPresent()) {
            hook.get().keyError("means the same as 'hooks'; keep one of them");
        }
        List<HookDeclaration> declarations = new ArrayList<>();
        hook.flatMap(field -> shorthand ? beside(field, manifest) : inside(field))
                .ifPresent(declarations::add);
        hooks.map(field -> field.elements(MOST_HOOKS)).orElse(List.of()).stream()
                .map(this::inside)
                .flatMap(Optional::stream)
                .forEach(declarations::add);
        return declarations;
    }

    private Optional<HookDeclaration> beside(Field hook, Fields manifest) {
        return declaration(hook.text(Form.RING), Optional.empty(), manifest, List.of(), List.of());
    }

    private Optional<HookDeclaration> inside(Field hook) {
        return hook.fields(KNOWN).flatMap(fields -> {
            List<String> before = neighbours(fields, "before");
            List<String> after = neighbours(fields, "after");
            return declaration(
                    fields.required("on", "the name of a ring, such as pre_flight")
                            .flatMap(on -> on.text(Form.RING)),
                    fields.get("class_name").flatMap(name -> name.text(Form.CLASS_NAME)),
                    fields,
                    before,
                    after);
        });
    }

    private static Optional<HookDeclaration> declaration(
            Optional<String> ring, Optional<String> className, Fields fields, List<String> before, List<String> after) {
        int priority = fields.get("priority")
                .map(field -> field.wholeNumber(Integer.MIN_VALUE, Integer.MAX_VALUE))
                .orElse(OptionalInt.empty())
                .orElse(HookDeclaration.DEFAULT_PRIORITY);
        Duration timeout = Milliseconds.of(fields, "timeout_ms", LONGEST_TIMEOUT_MS, HookDeclaration.DEFAULT_TIMEOUT);
        Optional<FailPolicy> failPolicy = fields.get("fail_policy")
                .flatMap(field -> field.oneOf(List.of("open", "closed")))
                .map(name -> FailPolicy.valueOf(name.toUpperCase(Locale.ROOT)));
        return ring.map(on -> new HookDeclaration(on, className, priority, timeout, failPolicy, before, after));
    }

    private List<String> neighbours(Fields fields, String name) {
        Optional<Field> field = fields.get(name);
        List<String> neighbours =
                field.map(ids -> ids.texts(Form.ID, MOST_NEIGHBOURS)).orElse(List.of());
        if (self.isPresent() && neighbours.contains(self.get().value())) {
            field.ifPresent(ids -> ids.error("must not name the plugin itself"));
        }
        return neighbours;
    }
}

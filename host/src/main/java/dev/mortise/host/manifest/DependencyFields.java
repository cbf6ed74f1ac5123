package dev.mortise.host.manifest;

import dev.mortise.api.json.JsonValue;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.model.VersionRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads {@code dependencies}, which are libraries, and {@code requires}, which are other plugins. */
final class DependencyFields {

    private static final int MOST_LIBRARIES = 200;
    private static final int MOST_PLUGINS = 100;
    private static final Map<String, Form> ECOSYSTEMS = Map.of("java", Form.JAVA_DEPENDENCY, "python", Form.line(300));

    private DependencyFields() {}

    static Map<String, List<String>> libraries(Field dependencies) {
        Map<String, List<String>> libraries = new TreeMap<>();
        dependencies
                .fields(ECOSYSTEMS.keySet().stream().sorted().toList())
                .ifPresent(fields -> ECOSYSTEMS.forEach((ecosystem, form) -> fields.get(ecosystem)
                        .ifPresent(field -> libraries.put(ecosystem, field.texts(form, MOST_LIBRARIES)))));
        return libraries;
    }

    static SortedMap<String, VersionRange> plugins(Field requires, Optional<PluginId> self) {
        SortedMap<String, VersionRange> plugins = new TreeMap<>();
        requires.object().ifPresent(object -> {
            if (object.members().size() > MOST_PLUGINS) {
                requires.error("must not have more than " + MOST_PLUGINS + " entries");
                return;
            }
            for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
                Field field = requires.member(member);
                if (!Form.ID.fits(member.getKey())) {
                    field.keyError("must be " + Form.ID.description());
                } else if (self.isPresent() && self.get().value().equals(member.getKey())) {
                    field.keyError("is this plugin itself, which it cannot require");
                }
                field.parsed(Form.RANGE, VersionRange::new).ifPresent(range -> plugins.put(member.getKey(), range));
            }
        });
        return plugins;
    }
}

package dev.mortise.host.manifest;

import dev.mortise.api.json.JsonArray;
import dev.mortise.host.model.GoPlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code go_plugin}. */
final class GoPluginFields {

    private static final int MOST_VERSIONS = 100;
    private static final int GREATEST_VERSION = 1_000_000;
    private static final List<String> KNOWN =
            List.of("cookie_key", "cookie_value", "protocol_versions", "auto_mtls", "multiplex", "plugin");

    private GoPluginFields() {}

    static Optional<GoPlugin> read(Field goPlugin) {
        return goPlugin.fields(KNOWN).map(GoPluginFields::of);
    }

    private static GoPlugin of(Fields fields) {
        Optional<Field> key = fields.get("cookie_key");
        Optional<Field> value = fields.get("cookie_value");
        if (key.isPresent() != value.isPresent()) {
            key.or(() -> value)
                    .ifPresent(alone -> alone.error(
                            "needs a '" + (key.isPresent() ? "cookie_value" : "cookie_key") + "' beside it"));
        }
        return new GoPlugin(
                key.flatMap(field -> field.text(Form.COOKIE_KEY)).orElse(GoPlugin.DEFAULT.cookieKey()),
                value.flatMap(field -> field.text(Form.line(500))).orElse(GoPlugin.DEFAULT.cookieValue()),
                fields.get("protocol_versions")
                        .map(GoPluginFields::versions)
                        .orElse(GoPlugin.DEFAULT.protocolVersions()),
                fields.get("auto_mtls").flatMap(Field::flag).orElse(GoPlugin.DEFAULT.autoMtls()),
                fields.get("multiplex").flatMap(Field::flag).orElse(GoPlugin.DEFAULT.multiplex()),
                fields.get("plugin").flatMap(field -> field.text(Form.LINE)));
    }

    private static List<Integer> versions(Field list) {
        List<Integer> versions = new ArrayList<>();
        for (Field element : list.elements(MOST_VERSIONS)) {
            element.wholeNumber(0, GREATEST_VERSION).ifPresent(version -> {
                if (versions.contains(version)) {
                    element.error("is there twice");
                } else {
                    versions.add(version);
                }
            });
        }
        if (list.value() instanceof JsonArray array && array.size() == 0) {
            list.error("must name at least one version");
        }
        return versions;
    }
}

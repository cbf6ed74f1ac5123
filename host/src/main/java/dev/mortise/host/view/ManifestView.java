package dev.mortise.host.view;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.model.Limits;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.model.UiField;

/** The parts of a manifest that people ask for, under the names that they have in the manifest itself. */
final class ManifestView {

    private ManifestView() {}

    /** Adds what a plugin's view tells of its manifest. */
    static void describe(Manifest manifest, Members view) {
        view.put("runtime", manifest.runtime())
                .put("description", manifest.description())
                .put("author", manifest.author())
                .put("license", manifest.license())
                .put("capabilities", manifest.capabilities())
                .put("webhook_prefix", manifest.webhookPrefix())
                .put("requires", requires(manifest))
                .put("permissions", manifest.permissions().lines())
                .put("limits", limits(manifest.limits()))
                .put("config_schema", manifest.configSchema())
                .put("ui_schema", uiSchema(manifest));
    }

    static JsonArray uiSchema(Manifest manifest) {
        return new JsonArray(manifest.uiSchema().stream()
                .<JsonValue>map(ManifestView::uiField)
                .toList());
    }

    private static JsonObject requires(Manifest manifest) {
        Members members = new Members();
        manifest.requires().forEach((id, range) -> members.put(id, range.value()));
        return members.toObject();
    }

    private static JsonObject limits(Limits limits) {
        return new Members()
                .putMillis("deadline", limits.deadline())
                .putMillis("load_deadline", limits.loadDeadline())
                .putMillis("drain_deadline", limits.drainDeadline())
                .put("concurrency", limits.concurrency())
                .put("memory_bytes", limits.memoryBytes())
                .toObject();
    }

    private static JsonObject uiField(UiField field) {
        return new Members()
                .put("key", field.key())
                .put("type", field.widget())
                .put("label", field.label())
                .put("description", field.description())
                .put("default", field.defaultValue())
                .put("min", field.min())
                .put("max", field.max())
                .put("options", field.options())
                .put("secret", field.secret())
                .toObject();
    }
}

package dev.mortise.host.manifest;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.model.GoPlugin;
import dev.mortise.host.model.HookDeclaration;
import dev.mortise.host.model.IsolationLevel;
import dev.mortise.host.model.Limits;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.model.Permissions;
import dev.mortise.host.model.UiField;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes manifests as JSON, with every field that has a default. Reading that JSON gives an equal manifest, if the
 * first one was read and so has whole milliseconds and whole mebibytes.
 */
public final class ManifestJson {

    private ManifestJson() {}

    public static JsonObject of(Manifest manifest) {
        Map<String, String> requires = new TreeMap<>();
        manifest.requires().forEach((plugin, range) -> requires.put(plugin, range.value()));
        return new Members()
                .put("id", manifest.id().value())
                .put("name", manifest.name())
                .put("version", manifest.version().value())
                .put("description", manifest.description())
                .put("author", manifest.author())
                .put("license", manifest.license())
                .put("runtime", manifest.runtime())
                .put("entry_point", manifest.entryPoint())
                .put("class_name", manifest.className())
                .put("dependencies", new TreeMap<>(manifest.dependencies()))
                .put("requires", requires)
                .put("exports", manifest.exports())
                .put("permissions", permissions(manifest.permissions()))
                .put("limits", limits(manifest.limits()))
                .put("sandbox", manifest.minimumIsolation().map(ManifestJson::sandbox))
                .put("hooks", manifest.hooks().stream().map(ManifestJson::hook).toList())
                .put("capabilities", manifest.capabilities())
                .put("webhook_prefix", manifest.webhookPrefix())
                .put("services", manifest.services())
                .put("config", manifest.config())
                .put("config_schema", manifest.configSchema())
                .put(
                        "ui_schema",
                        manifest.uiSchema().stream().map(ManifestJson::uiField).toList())
                .put("enabled", manifest.enabled())
                .put("go_plugin", manifest.goPlugin().map(ManifestJson::goPlugin))
                .json();
    }

    public static JsonObject permissions(Permissions permissions) {
        return new Members()
                .put("network", permissions.network())
                .put(
                        "listen",
                        permissions.listen().stream().map(Integer::valueOf).toList())
                .put("read", permissions.read())
                .put("write", permissions.write())
                .put("environment", permissions.environment())
                .put("run", permissions.run())
                .put("threads", permissions.threads())
                .put("reflection", permissions.reflection())
                .put("native", permissions.nativeAccess())
                .put("blocking", permissions.blocking())
                .json();
    }

    public static JsonObject limits(Limits limits) {
        Optional<Long> memory = limits.memoryBytes().isPresent()
                ? Optional.of(limits.memoryBytes().getAsLong() / LimitFields.MEBIBYTE)
                : Optional.empty();
        return new Members()
                .put("deadline_ms", limits.deadline().toMillis())
                .put("load_deadline_ms", limits.loadDeadline().toMillis())
                .put("drain_deadline_ms", limits.drainDeadline().toMillis())
                .put("concurrency", limits.concurrency())
                .put("memory_mb", memory)
                .json();
    }

    private static JsonObject sandbox(IsolationLevel minimum) {
        return new Members().put("minimum", minimum.code()).json();
    }

    public static JsonObject goPlugin(GoPlugin goPlugin) {
        return new Members()
                .put("cookie_key", goPlugin.cookieKey())
                .put("cookie_value", goPlugin.cookieValue())
                .put("protocol_versions", goPlugin.protocolVersions())
                .put("auto_mtls", goPlugin.autoMtls())
                .put("multiplex", goPlugin.multiplex())
                .put("plugin", goPlugin.plugin())
                .json();
    }

    public static JsonObject hook(HookDeclaration hook) {
        return new Members()
                .put("on", hook.on())
                .put("class_name", hook.className())
                .put("priority", hook.priority())
                .put("timeout_ms", hook.timeout().toMillis())
                .put(
                        "fail_policy",
                        hook.failPolicy().map(policy -> policy.name().toLowerCase(Locale.ROOT)))
                .put("before", hook.before())
                .put("after", hook.after())
                .json();
    }

    public static JsonObject uiField(UiField field) {
        return new Members()
                .put("key", field.key())
                .put("type", field.widget().name().toLowerCase(Locale.ROOT))
                .put("label", field.label())
                .put("description", field.description())
                .put("default", field.defaultValue())
                .put("min", field.min())
                .put("max", field.max())
                .put("options", Optional.of(field.options()).filter(options -> !options.isEmpty()))
                .put("secret", Optional.of(field.secret()).filter(secret -> secret))
                .json();
    }

    /** An object in the making. */
    private static final class Members {

        private final Map<String, JsonValue> members = new LinkedHashMap<>();

        Members put(String name, Object value) {
            members.put(name, JsonValue.of(value));
            return this;
        }

        /** Nothing is nothing, not null. */
        Members put(String name, Optional<?> value) {
            value.ifPresent(present -> put(name, present));
            return this;
        }

        JsonObject json() {
            return new JsonObject(members);
        }
    }
}

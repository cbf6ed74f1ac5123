package dev.mortise.host.manifest;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.json.JsonSchemas;
import dev.mortise.host.model.GoPlugin;
import dev.mortise.host.model.HookDeclaration;
import dev.mortise.host.model.IsolationLevel;
import dev.mortise.host.model.Limits;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.model.Permissions;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.model.UiField;
import dev.mortise.host.model.Version;
import dev.mortise.host.model.VersionRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the fields of a whole manifest. */
final class ManifestFields {

    /** In the order in which people write them. */
    static final List<String> KNOWN = List.of(
            "$schema",
            "id",
            "name",
            "version",
            "description",
            "author",
            "license",
            "runtime",
            "type",
            "entry_point",
            "entrypoint",
            "class_name",
            "plugin_class",
            "dependencies",
            "requires",
            "exports",
            "permissions",
            "limits",
            "sandbox",
            "hook",
            "hooks",
            "priority",
            "timeout_ms",
            "fail_policy",
            "capabilities",
            "webhook_prefix",
            "url_prefix",
            "requires_webhooks",
            "services",
            "config",
            "config_schema",
            "ui_schema",
            "enabled",
            "go_plugin");

    private static final String DEFAULT_RUNTIME = "jvm";
    private static final Version NO_VERSION = new Version("0.0.0");
    private static final int MOST_EXPORTS = 200;
    private static final int MOST_CAPABILITIES = 100;
    private static final int MOST_SERVICES = 50;

    private final Fields fields;
    private final Optional<PluginId> id;

    ManifestFields(Fields fields) {
        this.fields = fields;
        this.id = fields.required("id", "it is never taken from the name of a folder or file")
                .flatMap(field -> field.parsed(Form.ID, PluginId::new));
    }

    /** The plugin, as far as that can be told. */
    Optional<PluginId> id() {
        return id;
    }

    /** The manifest; meaningful only if no error was reported. */
    Optional<Manifest> read(JsonSchemas schemas) {
        fields.get("$schema").ifPresent(field -> field.text(Form.line(2_000)));
        List<HookDeclaration> hooks = new HookFields(id).read(fields);
        List<UiField> uiSchema = fields.get("ui_schema").map(UiFields::read).orElse(List.of());
        new ConfigFields(schemas).check(fields, uiSchema);
        Optional<String> name = text("name", Form.LINE);
        Version version = fields.get("version")
                .flatMap(field -> field.parsed(Form.VERSION, Version::new))
                .orElse(NO_VERSION);
        String description = text("description", Form.PROSE).orElse("");
        Optional<String> author = text("author", Form.LINE);
        Optional<String> license = text("license", Form.LINE);
        String runtime = fields.get("runtime", "type")
                .flatMap(field -> field.text(Form.RUNTIME))
                .orElse(DEFAULT_RUNTIME);
        Optional<String> entryPoint =
                fields.get("entry_point", "entrypoint").flatMap(field -> field.text(Form.ENTRY_POINT));
        Optional<String> className =
                fields.get("class_name", "plugin_class").flatMap(field -> field.text(Form.CLASS_NAME));
        Map<String, List<String>> dependencies =
                fields.get("dependencies").map(DependencyFields::libraries).orElse(Map.of());
        SortedMap<String, VersionRange> requires = fields.get("requires")
                .map(field -> DependencyFields.plugins(field, id))
                .orElseGet(TreeMap::new);
        List<String> exports = texts("exports", Form.JAVA_PACKAGE, MOST_EXPORTS);
        Permissions permissions =
                fields.get("permissions").map(PermissionFields::read).orElse(Permissions.NONE);
        Limits limits = fields.get("limits").map(LimitFields::read).orElse(Limits.DEFAULT);
        List<String> capabilities = texts("capabilities", Form.line(100), MOST_CAPABILITIES);
        Optional<String> webhookPrefix = webhookPrefix();
        List<String> services = texts("services", Form.SERVICE, MOST_SERVICES);
        boolean enabled = fields.get("enabled").flatMap(Field::flag).orElse(true);
        Optional<GoPlugin> goPlugin = fields.get("go_plugin").flatMap(GoPluginFields::read);
        Optional<IsolationLevel> minimumIsolation = fields.get("sandbox").flatMap(SandboxFields::minimum);
        return id.map(plugin -> new Manifest(
                plugin,
                name.orElse(plugin.value()),
                version,
                description,
                author,
                license,
                runtime,
                entryPoint,
                className,
                dependencies,
                requires,
                exports,
                permissions,
                limits,
                hooks,
                capabilities,
                webhookPrefix,
                services,
                fields.object().object("config").orElse(JsonObject.EMPTY),
                fields.object().object("config_schema"),
                uiSchema,
                enabled,
                goPlugin,
                minimumIsolation));
    }

    private Optional<String> text(String name, Form form) {
        return fields.get(name).flatMap(field -> field.text(form));
    }

    private List<String> texts(String name, Form form, int most) {
        return fields.get(name).map(field -> field.texts(form, most)).orElse(List.of());
    }

    /** Without its slash. A manifest that says that it requires no webhooks has none. */
    private Optional<String> webhookPrefix() {
        Optional<Field> field = fields.get("webhook_prefix", "url_prefix");
        Optional<String> prefix = field.flatMap(value -> value.text(Form.PREFIX))
                .map(text -> text.startsWith("/") ? text.substring(1) : text);
        if (prefix.filter(WebhookPrefix::isReserved).isPresent()) {
            field.get().error("is a prefix that the host keeps for itself; choose another one");
        }
        Optional<Field> required = fields.get("requires_webhooks");
        Optional<Boolean> wanted = required.flatMap(Field::flag);
        if (wanted.orElse(false) && field.isEmpty()) {
            required.get().error("needs a 'webhook_prefix'");
        }
        return wanted.orElse(true) ? prefix : Optional.empty();
    }
}

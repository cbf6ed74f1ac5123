package dev.mortise.host.model;

import dev.mortise.api.json.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a package says about itself in its {@code manifest.json} or {@code manifest.yaml}. Already checked: every field
 * has the right form, and defaults are filled in.
 *
 * @param name for people; by default the id
 * @param runtime the name of the runtime that runs it, {@code jvm} by default
 * @param entryPoint a path within the package; what it means is the runtime's affair
 * @param className the main class, for runtimes that have one
 * @param dependencies libraries by ecosystem, such as {@code java} or {@code python}, in that ecosystem's own notation
 * @param requires other plugins, and {@code mortise} for the host itself, with the versions that will do
 * @param exports Java packages that plugins which require this one may use
 * @param capabilities labels for discovery
 * @param config defaults of the configuration
 * @param configSchema JSON Schema of the configuration
 * @param uiSchema fields of the configuration form, in order
 * @param enabled whether it is active right after installation
 * @param minimumIsolation below which it must not be started; absent where whatever its runtime offers will do
 * @param goPlugin how an executable wants to be spoken to that was made for another host of the go-plugin protocol
 */
public record Manifest(
        PluginId id,
        String name,
        Version version,
        String description,
        Optional<String> author,
        Optional<String> license,
        String runtime,
        Optional<String> entryPoint,
        Optional<String> className,
        Map<String, List<String>> dependencies,
        SortedMap<String, VersionRange> requires,
        List<String> exports,
        Permissions permissions,
        Limits limits,
        List<HookDeclaration> hooks,
        List<String> capabilities,
        Optional<String> webhookPrefix,
        List<String> services,
        JsonObject config,
        Optional<JsonObject> configSchema,
        List<UiField> uiSchema,
        boolean enabled,
        Optional<GoPlugin> goPlugin,
        Optional<IsolationLevel> minimumIsolation) {

    public Manifest {
        dependencies = Map.copyOf(dependencies);
        requires = Collections.unmodifiableSortedMap(new TreeMap<>(requires));
        exports = List.copyOf(exports);
        hooks = List.copyOf(hooks);
        capabilities = List.copyOf(capabilities);
        services = List.copyOf(services);
        uiSchema = List.copyOf(uiSchema);
    }

    /** A manifest of a plugin that is no executable, or one made for Mortise, and content with what its runtime offers. */
    public Manifest(
            PluginId id,
            String name,
            Version version,
            String description,
            Optional<String> author,
            Optional<String> license,
            String runtime,
            Optional<String> entryPoint,
            Optional<String> className,
            Map<String, List<String>> dependencies,
            SortedMap<String, VersionRange> requires,
            List<String> exports,
            Permissions permissions,
            Limits limits,
            List<HookDeclaration> hooks,
            List<String> capabilities,
            Optional<String> webhookPrefix,
            List<String> services,
            JsonObject config,
            Optional<JsonObject> configSchema,
            List<UiField> uiSchema,
            boolean enabled) {
        this(
                id,
                name,
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
                config,
                configSchema,
                uiSchema,
                enabled,
                Optional.empty(),
                Optional.empty());
    }
}

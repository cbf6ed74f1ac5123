package dev.mortise.host.generation;

import dev.mortise.api.Health;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.spi.Contributions;
import dev.mortise.host.spi.InstanceRequest;
import dev.mortise.host.spi.Leftover;
import dev.mortise.host.spi.PluginInstance;
import dev.mortise.host.spi.PluginRuntime;
import dev.mortise.host.spi.StopSignal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A runtime whose plugins are scripts of a test: the kernel in front of it is the real one. Each plugin offers {@code
 * about}, which answers with id, version and configuration, unless its script says otherwise.
 */
final class ScriptedRuntime implements PluginRuntime {

    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final List<String> journal = new CopyOnWriteArrayList<>();

    /** What a plugin does. */
    static class Script {
        Contributions load(InstanceRequest request) throws Exception {
            JsonObject about = JsonObject.of("id", request.manifest().id().value())
                    .with("version", request.manifest().version().value())
                    .with("config", request.config());
            return functions("about", about);
        }

        Health health() throws Exception {
            return Health.healthy();
        }

        boolean reconfigure(JsonObject config) throws Exception {
            return false;
        }

        void unload() throws Exception {}
    }

    static Contributions functions(String name, JsonValue answer) {
        return new Contributions(
                List.of(new Contributions.Function(
                        name, "", JsonObject.of("type", "object"), JsonObject.EMPTY, false, (_, _) -> answer)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    /** @param plugin such as {@code demo@1.0.0} */
    ScriptedRuntime script(String plugin, Script script) {
        scripts.put(plugin, script);
        return this;
    }

    /** What happened, in order, such as {@code load demo@1.0.0}. */
    List<String> journal() {
        return journal;
    }

    @Override
    public String name() {
        return "jvm";
    }

    @Override
    public PluginInstance open(InstanceRequest request) {
        String plugin = request.manifest().id() + "@" + request.manifest().version();
        return new Instance(plugin, request, scripts.getOrDefault(plugin, new Script()));
    }

    private final class Instance implements PluginInstance {

        private final String plugin;
        private final InstanceRequest request;
        private final Script script;

        Instance(String plugin, InstanceRequest request, Script script) {
            this.plugin = plugin;
            this.request = request;
            this.script = script;
        }

        @Override
        public @Nullable ClassLoader contextClassLoader() {
            return null;
        }

        @Override
        public StopSignal stopSignal() {
            return StopSignal.NONE;
        }

        @Override
        public Contributions load() throws Exception {
            journal.add("load " + plugin);
            return script.load(request);
        }

        @Override
        public Health health() throws Exception {
            return script.health();
        }

        @Override
        public boolean reconfigure(JsonObject config) throws Exception {
            return script.reconfigure(config);
        }

        @Override
        public void unload() throws Exception {
            journal.add("unload " + plugin);
            script.unload();
        }

        @Override
        public List<Leftover> release() {
            journal.add("release " + plugin);
            return List.of();
        }

        @Override
        public boolean isCollected() {
            return true;
        }

        @Override
        public List<Leftover> remains() {
            return List.of();
        }
    }
}

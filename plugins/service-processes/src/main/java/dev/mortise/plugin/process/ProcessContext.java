package dev.mortise.plugin.process;

import dev.mortise.api.Config;
import dev.mortise.api.FunctionException;
import dev.mortise.api.PluginContext;
import dev.mortise.api.StateStore;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.runtime.jvm.author.AuthorConfig;
import dev.mortise.runtime.jvm.shape.Shapes;
import dev.mortise.runtime.process.sdk.PluginHost;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What a plugin of the JVM gets from its host, where that host is at the other end of a connection. */
final class ProcessContext implements PluginContext {

    private final PluginHost host;
    private final Config config;
    private final ExecutorService executor;
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();

    ProcessContext(PluginHost host, JsonObject config) {
        this.host = host;
        this.config = bindable(config);
        this.executor = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(host.pluginId() + "-", 0).factory());
    }

    /** Bound as in the JVM, by the same code. */
    static Config bindable(JsonObject config) {
        return new AuthorConfig(config, new Shapes());
    }

    @Override
    public String pluginId() {
        return host.pluginId();
    }

    /** The host knows it, and does not tell. */
    @Override
    public String version() {
        return "";
    }

    @Override
    public Config config() {
        return config;
    }

    @Override
    public System.Logger logger() {
        return host.logger();
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    public StateStore state() {
        return host.state();
    }

    @Override
    public void emit(Record event) {
        throw new IllegalArgumentException("these plugins declare no events");
    }

    @Override
    public JsonValue call(String function, Object params) throws FunctionException {
        return host.call(function, (JsonObject) params);
    }

    @Override
    public Path dataDirectory() {
        return host.dataDirectory();
    }

    @Override
    public ExecutorService executor() {
        return executor;
    }

    @Override
    public synchronized <T extends AutoCloseable> T closeOnUnload(T resource) {
        resources.push(resource);
        return resource;
    }

    /** Last in, first out. */
    synchronized void close() {
        while (!resources.isEmpty()) {
            try {
                resources.pop().close();
            } catch (Exception e) {
                logger().log(System.Logger.Level.WARNING, "something could not be closed", e);
            }
        }
        executor.shutdownNow();
    }
}

package dev.mortise.runtime.jvm.author;

import dev.mortise.api.Config;
import dev.mortise.api.FunctionException;
import dev.mortise.api.PluginContext;
import dev.mortise.api.StateStore;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.spi.Contributions.EventType;
import dev.mortise.host.spi.PluginServices;
import dev.mortise.runtime.jvm.shape.Shapes;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/** The host's services in the author's terms. */
public final class AuthorContext implements PluginContext, AutoCloseable {

    private final Manifest manifest;
    private final PluginServices services;
    private final Shapes shapes;
    private final AuthorThreads threads;
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();
    private volatile Map<Class<?>, EventType> eventTypes = Map.of();
    private volatile JsonObject config;

    public AuthorContext(
            Manifest manifest, PluginServices services, Shapes shapes, AuthorThreads threads, JsonObject config) {
        this.manifest = manifest;
        this.services = services;
        this.shapes = shapes;
        this.threads = threads;
        this.config = config;
    }

    /** What {@link #emit} takes from now on. */
    public void declare(Map<Class<?>, EventType> types) {
        eventTypes = Map.copyOf(types);
    }

    public void reconfigure(JsonObject next) {
        config = next;
    }

    @Override
    public String pluginId() {
        return manifest.id().value();
    }

    @Override
    public String version() {
        return manifest.version().value();
    }

    @Override
    public Config config() {
        return new AuthorConfig(config, shapes);
    }

    @Override
    public System.Logger logger() {
        return services.logger();
    }

    @Override
    public Clock clock() {
        return services.clock();
    }

    @Override
    public StateStore state() {
        return services.state();
    }

    @Override
    public void emit(Record event) {
        EventType type = eventTypes.get(event.getClass());
        if (type == null) {
            throw new IllegalArgumentException("the plugin does not declare that it emits "
                    + event.getClass().getName() + "; add it to @Emits on the main class");
        }
        services.emit(type.name(), (JsonObject) shapes.write(event));
    }

    @Override
    public JsonValue call(String function, Object params) throws FunctionException {
        if (!(shapes.write(params) instanceof JsonObject object)) {
            throw new IllegalArgumentException("parameters are a record, a map or a JsonObject");
        }
        return services.call(function, object);
    }

    @Override
    public Path dataDirectory() {
        return services.dataDirectory();
    }

    @Override
    public ExecutorService executor() {
        return threads.executor();
    }

    @Override
    public <T extends AutoCloseable> T closeOnUnload(T resource) {
        synchronized (resources) {
            resources.push(resource);
        }
        return resource;
    }

    /** Closes what was registered, last in first out, each one even if another fails. */
    @Override
    public void close() throws Exception {
        Exception first = null;
        while (true) {
            AutoCloseable next;
            synchronized (resources) {
                next = resources.poll();
            }
            if (next == null) {
                break;
            }
            try {
                next.close();
            } catch (Exception e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}

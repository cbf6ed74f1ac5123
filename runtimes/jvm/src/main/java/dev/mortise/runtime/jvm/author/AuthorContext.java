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
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** The host's services in the author's terms, until the instance is released. */
public final class AuthorContext implements PluginContext {

    private final String pluginId;
    private final String version;
    private final Revocable<PluginServices> services;
    private final Shapes shapes;
    private final AuthorThreads threads;
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();
    private volatile @Nullable DeclaredEvents events;
    private volatile JsonObject config;

    public AuthorContext(
            Manifest manifest, PluginServices services, Shapes shapes, AuthorThreads threads, JsonObject config) {
        this.pluginId = manifest.id().value();
        this.version = manifest.version().value();
        this.services = new Revocable<>(services);
        this.shapes = shapes;
        this.threads = threads;
        this.config = config;
    }

    /** Events that the plugin declares can be emitted from now on. */
    public void declare(AnnotatedPlugin plugin) {
        events = plugin.events();
    }

    public void reconfigure(JsonObject next) {
        config = next;
    }

    @Override
    public String pluginId() {
        return pluginId;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public Config config() {
        return new AuthorConfig(config, shapes);
    }

    @Override
    public System.Logger logger() {
        return services.get().logger();
    }

    @Override
    public Clock clock() {
        return services.get().clock();
    }

    @Override
    public StateStore state() {
        return services.get().state();
    }

    @Override
    public void emit(Record event) {
        DeclaredEvents declared = events;
        EventType type = declared == null ? null : declared.typeOf(event);
        if (declared == null || type == null) {
            throw new IllegalArgumentException("the plugin does not declare that it emits "
                    + event.getClass().getName() + "; add it to @Emits on the main class");
        }
        services.get().emit(type.name(), declared.payload(event));
    }

    @Override
    public JsonValue call(String function, Object params) throws FunctionException {
        if (!(shapes.write(params) instanceof JsonObject object)) {
            throw new IllegalArgumentException("parameters are a record, a map or a JsonObject");
        }
        return services.get().call(function, object);
    }

    @Override
    public Path dataDirectory() {
        return services.get().dataDirectory();
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

    /**
     * Closes what was registered, last in first out, each one even if another fails.
     *
     * @return the first failure, or null
     */
    public @Nullable Throwable closeResources() {
        Throwable first = null;
        for (AutoCloseable next = nextResource(); next != null; next = nextResource()) {
            try {
                next.close();
            } catch (Throwable e) {
                // Also errors: a resource that fails must not keep the others from being closed.
                first = first == null ? e : first;
            }
        }
        return first;
    }

    private @Nullable AutoCloseable nextResource() {
        synchronized (resources) {
            return resources.poll();
        }
    }

    /** Takes the host's services away from whatever code of the plugin still runs. */
    public void revoke() {
        services.revoke();
    }
}

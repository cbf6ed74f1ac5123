package dev.mortise.runtime.jvm.author;

import dev.mortise.api.CallInfo;
import dev.mortise.api.Emits;
import dev.mortise.api.Event;
import dev.mortise.api.EventInfo;
import dev.mortise.api.Every;
import dev.mortise.api.FunctionException;
import dev.mortise.api.Hook;
import dev.mortise.api.On;
import dev.mortise.api.Plugin;
import dev.mortise.api.Rpc;
import dev.mortise.api.json.JsonObject;
import dev.mortise.host.spi.Contributions;
import dev.mortise.host.spi.Contributions.EventType;
import dev.mortise.host.spi.Contributions.Function;
import dev.mortise.host.spi.Contributions.Listener;
import dev.mortise.host.spi.Contributions.Routine;
import dev.mortise.runtime.jvm.shape.Definitions;
import dev.mortise.runtime.jvm.shape.Mismatch;
import dev.mortise.runtime.jvm.shape.Parameters;
import dev.mortise.runtime.jvm.shape.Place;
import dev.mortise.runtime.jvm.shape.RecordShape;
import dev.mortise.runtime.jvm.shape.Shape;
import dev.mortise.runtime.jvm.shape.Shapes;
import dev.mortise.runtime.jvm.shape.SignatureException;
import dev.mortise.runtime.jvm.shape.Site;
import dev.mortise.runtime.jvm.shape.SnakeCase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a plugin's main class offers off its annotations. */
public final class AnnotatedPlugin {

    private final Plugin plugin;
    private final Shapes shapes;
    private final JsonObject config;

    public AnnotatedPlugin(Plugin plugin, Shapes shapes, JsonObject config) {
        this.plugin = plugin;
        this.shapes = shapes;
        this.config = config;
    }

    /** @throws SignatureException if a method cannot be what its annotation says, naming it and the remedy */
    public Contributions contributions(List<Hook> hooks) throws SignatureException {
        return new Contributions(
                functions(),
                new ArrayList<>(eventTypes().values()),
                listeners(),
                routines(),
                hooks.stream()
                        .map(hook -> new Contributions.Hook(hook.getClass().getName(), hook::execute))
                        .toList());
    }

    /** The records that the class says it emits. */
    public Map<Class<?>, EventType> eventTypes() throws SignatureException {
        Map<Class<?>, EventType> types = new HashMap<>();
        Emits emits = plugin.getClass().getAnnotation(Emits.class);
        if (emits != null) {
            for (Class<? extends Record> type : emits.value()) {
                Site site = new Site(type.getName());
                Event event = type.getAnnotation(Event.class);
                if (event == null) {
                    throw site.error("it is emitted and has no name", "annotate it with @Event");
                }
                types.put(
                        type,
                        new EventType(
                                event.value(), event.description(), Definitions.schemaOf(shapes.record(type, site))));
            }
        }
        return types;
    }

    private List<Function> functions() throws SignatureException {
        List<Function> functions = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (AuthorMethod method : AuthorMethod.of(plugin, Rpc.class)) {
            Rpc rpc = method.method().getAnnotation(Rpc.class);
            String name = rpc.name().isEmpty() ? SnakeCase.of(method.method().getName()) : rpc.name();
            if (!FunctionName.isValid(name)) {
                throw method.site().error("'" + name + "' is no name for a function", FunctionName.RULE);
            }
            if (!names.add(name)) {
                throw method.site().error("there are two functions '" + name + "'", "rename one with @Rpc(name = …)");
            }
            functions.add(function(method, rpc, name));
        }
        return functions;
    }

    private Function function(AuthorMethod method, Rpc rpc, String name) throws SignatureException {
        Parameters parameters = Parameters.of(method.method(), CallInfo.class, shapes, method.site());
        Class<?> returned = method.method().getReturnType();
        @Nullable Shape result = returned == void.class ? null : shapes.result(method.method(), method.site());
        return new Function(
                name,
                rpc.description(),
                parameters.schema(),
                result == null ? JsonObject.of("type", "null") : Definitions.schemaOf(result),
                rpc.idempotent(),
                (params, info) -> {
                    Object value = method.call(arguments(parameters, params, info));
                    return result == null ? shapes.write(null) : result.toJson(value);
                });
    }

    private static @Nullable Object[] arguments(Parameters parameters, JsonObject params, CallInfo info)
            throws FunctionException {
        try {
            return parameters.read(params, Place.STRICT, info);
        } catch (Mismatch e) {
            throw new FunctionException("invalid_params", String.valueOf(e.getMessage()));
        }
    }

    private List<Listener> listeners() throws SignatureException {
        List<Listener> listeners = new ArrayList<>();
        for (AuthorMethod method : AuthorMethod.of(plugin, On.class)) {
            On on = method.method().getAnnotation(On.class);
            List<Class<?>> types = method.parameterTypes();
            @Nullable RecordShape payload = null;
            for (Class<?> type : types) {
                if (type.isRecord() && type != EventInfo.class) {
                    payload = shapes.record(type, method.site());
                } else if (type != EventInfo.class && type != JsonObject.class) {
                    throw method.site()
                            .error(
                                    "a listener cannot take a " + type.getSimpleName(),
                                    "take the payload as a record or a JsonObject, and optionally an EventInfo");
                }
            }
            @Nullable RecordShape shape = payload;
            listeners.add(new Listener(
                    method.method().getName(),
                    on.value(),
                    on.from(),
                    (info, data) -> method.call(heard(types, shape, info, data))));
        }
        return listeners;
    }

    private static @Nullable Object[] heard(
            List<Class<?>> types, @Nullable RecordShape shape, EventInfo info, JsonObject data) throws Mismatch {
        @Nullable Object[] arguments = new @Nullable Object[types.size()];
        for (int i = 0; i < arguments.length; i++) {
            Class<?> type = types.get(i);
            if (type == EventInfo.class) {
                arguments[i] = info;
            } else if (type == JsonObject.class || shape == null) {
                arguments[i] = data;
            } else {
                arguments[i] = shape.read(data, Place.LENIENT);
            }
        }
        return arguments;
    }

    private List<Routine> routines() throws SignatureException {
        List<Routine> routines = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (AuthorMethod method : AuthorMethod.of(plugin, Every.class)) {
            Every every = method.method().getAnnotation(Every.class);
            String name = every.name().isEmpty() ? SnakeCase.of(method.method().getName()) : every.name();
            if (!method.parameterTypes().isEmpty()) {
                throw method.site().error("a routine takes no parameters", "remove them");
            }
            if (!names.add(name)) {
                throw method.site().error("there are two routines '" + name + "'", "rename one with @Every(name = …)");
            }
            routines.add(new Routine(
                    name,
                    PeriodText.of(every.value(), config, method.site()),
                    () -> method.call(new @Nullable Object[0])));
        }
        return routines;
    }
}

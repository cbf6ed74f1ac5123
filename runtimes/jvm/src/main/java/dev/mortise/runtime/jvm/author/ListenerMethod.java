package dev.mortise.runtime.jvm.author;

import dev.mortise.api.EventInfo;
import dev.mortise.api.FunctionException;
import dev.mortise.api.On;
import dev.mortise.api.json.JsonObject;
import dev.mortise.host.spi.Contributions.Listener;
import dev.mortise.runtime.jvm.shape.Mismatch;
import dev.mortise.runtime.jvm.shape.Place;
import dev.mortise.runtime.jvm.shape.Shapes;
import dev.mortise.runtime.jvm.shape.SignatureException;
import dev.mortise.runtime.jvm.shape.Site;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A method with {@link On}: an event's payload in. */
record ListenerMethod(AuthorMethod method, List<Argument> arguments) {

    /** Where one argument comes from. */
    @FunctionalInterface
    interface Argument {
        @Nullable
        Object of(EventInfo event, JsonObject payload) throws Mismatch;
    }

    static ListenerMethod of(AuthorMethod method, Shapes shapes) throws SignatureException {
        List<Argument> arguments = new ArrayList<>();
        for (Class<?> type : method.method().getParameterTypes()) {
            arguments.add(argument(type, shapes, method.site()));
        }
        return new ListenerMethod(method, List.copyOf(arguments));
    }

    private static Argument argument(Class<?> type, Shapes shapes, Site site) throws SignatureException {
        if (type == EventInfo.class) {
            return (event, payload) -> event;
        }
        if (type == JsonObject.class) {
            return (event, payload) -> payload;
        }
        if (type.isRecord()) {
            var shape = shapes.record(type, site);
            return (event, payload) -> shape.read(payload, Place.LENIENT);
        }
        throw site.error(
                "a listener cannot take a " + type.getTypeName(),
                "take the payload as a record or a JsonObject, and optionally an EventInfo");
    }

    /** @param entry this method, as long as the plugin is there */
    Listener listener(Revocable<ListenerMethod> entry) {
        On on = method.annotation(On.class);
        return new Listener(
                method.method().getName(),
                on.value(),
                on.from(),
                (event, payload) -> entry.get().hear(event, payload));
    }

    private void hear(EventInfo event, JsonObject payload) throws Exception {
        @Nullable Object[] values = new @Nullable Object[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = read(arguments.get(i), event, payload);
        }
        method.call(values);
    }

    /** A payload that does not fit is the emitter's fault: it must not count against this plugin. */
    private static @Nullable Object read(Argument argument, EventInfo event, JsonObject payload)
            throws FunctionException {
        try {
            return argument.of(event, payload);
        } catch (Mismatch e) {
            throw new FunctionException(
                    "invalid_payload",
                    "the event " + event.name() + " of " + event.source() + " does not fit: " + e.getMessage());
        }
    }
}

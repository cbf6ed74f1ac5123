package dev.mortise.runtime.jvm.author;

import dev.mortise.api.Emits;
import dev.mortise.api.Event;
import dev.mortise.api.json.JsonObject;
import dev.mortise.host.spi.Contributions.EventType;
import dev.mortise.runtime.jvm.shape.Definitions;
import dev.mortise.runtime.jvm.shape.RecordShape;
import dev.mortise.runtime.jvm.shape.Shapes;
import dev.mortise.runtime.jvm.shape.SignatureException;
import dev.mortise.runtime.jvm.shape.Site;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The events that a main class says it emits, by their records. */
final class DeclaredEvents {

    private final Map<Class<?>, Declared> events = new LinkedHashMap<>();

    private record Declared(EventType type, RecordShape shape) {}

    static DeclaredEvents of(Class<?> mainClass, Shapes shapes) throws SignatureException {
        DeclaredEvents declared = new DeclaredEvents();
        Emits emits = mainClass.getAnnotation(Emits.class);
        if (emits != null) {
            for (Class<? extends Record> type : emits.value()) {
                declared.add(type, shapes);
            }
        }
        return declared;
    }

    private void add(Class<?> type, Shapes shapes) throws SignatureException {
        Site site = new Site(type.getName());
        Event event = type.getAnnotation(Event.class);
        if (event == null || event.value().isBlank()) {
            throw site.error("it is emitted and has no name", "annotate it with @Event(\"name\")");
        }
        if (types().stream().anyMatch(other -> other.name().equals(event.value()))) {
            throw site.error("there are two events '" + event.value() + "'", "rename one");
        }
        RecordShape shape = shapes.record(type, site);
        EventType described = new EventType(event.value(), event.description(), Definitions.schemaOf(shape, site));
        events.put(type, new Declared(described, shape));
    }

    List<EventType> types() {
        return events.values().stream().map(Declared::type).toList();
    }

    /** The event that a record is; null if none was declared of its type. */
    @Nullable
    EventType typeOf(Record event) {
        Declared declared = events.get(event.getClass());
        return declared == null ? null : declared.type();
    }

    /** The payload of an event whose type is declared. */
    JsonObject payload(Record event) {
        Declared declared = events.get(event.getClass());
        if (declared == null) {
            throw new IllegalArgumentException(event.getClass().getName() + " is not declared");
        }
        return declared.shape().write(event);
    }
}

package dev.mortise.runtime.jvm.shape;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.model.Text;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A record: an object with its components as members. Made in two steps, because records can contain themselves. */
public final class RecordShape implements Shape {

    private final Class<?> type;
    private final UniformCall constructor;
    private final List<UniformCall> accessors = new ArrayList<>();
    private Members members = new Members(List.of());

    RecordShape(Class<?> type) throws IllegalAccessException, NoSuchMethodException {
        this.type = type;
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        // Records of plugins need not be public.
        MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
        constructor = UniformCall.of(lookup.findConstructor(type, MethodType.methodType(void.class, types)));
        for (RecordComponent component : components) {
            accessors.add(UniformCall.of(lookup.unreflect(component.getAccessor())));
        }
    }

    void complete(Members found) {
        members = found;
    }

    Class<?> type() {
        return type;
    }

    /** The schema of the members alone, for a shape that adds to them. */
    JsonObject ownSchema(Definitions definitions) {
        return members.schema(definitions);
    }

    boolean has(String name) {
        return members.all().stream().anyMatch(member -> member.name().equals(name));
    }

    @Override
    public JsonObject schema(Definitions definitions) {
        return definitions.object(this, type.getSimpleName(), () -> ownSchema(definitions));
    }

    @Override
    public Object read(JsonValue json, Place at) throws Mismatch {
        if (!(json instanceof JsonObject object)) {
            throw new Mismatch(at, "must be an object, not " + Text.abbreviate(json.toString()));
        }
        @Nullable Object[] values = members.read(object, at);
        try {
            return Objects.requireNonNull(constructor.with(values));
        } catch (IllegalArgumentException e) {
            // The record checks its own values.
            String message = e.getMessage();
            throw new Mismatch(at, message == null ? "is refused by " + type.getSimpleName() : message);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a constructor of a record threw a checked exception", e);
        }
    }

    @Override
    public JsonObject write(Object value) {
        return members.write(i -> component(value, accessors.get(i)));
    }

    private static @Nullable Object component(Object value, UniformCall accessor) {
        try {
            return accessor.with(value);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("an accessor of a record threw a checked exception", e);
        }
    }
}

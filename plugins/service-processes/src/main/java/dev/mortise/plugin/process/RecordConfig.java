package dev.mortise.plugin.process;

import dev.mortise.api.Config;
import dev.mortise.api.Param;
import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A configuration that the host has sent, checked by the host against the manifest. Binds texts, numbers and lists. */
record RecordConfig(JsonObject json) implements Config {

    @Override
    public <T extends Record> T as(Class<T> type) {
        RecordComponent[] components = type.getRecordComponents();
        Parameter[] parameters = type.getDeclaredConstructors()[0].getParameters();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(components[i], parameters[i].getAnnotation(Param.class));
        }
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(
                    Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("the configuration cannot be bound to " + type.getSimpleName(), e);
        }
    }

    private Object value(RecordComponent component, @Nullable Param named) {
        String key = named == null || named.value().isEmpty() ? snakeCase(component.getName()) : named.value();
        JsonValue value = json.get(key)
                .orElseThrow(() -> new IllegalArgumentException(key + ": is missing from the configuration"));
        Class<?> type = component.getType();
        if (type == String.class && value instanceof JsonString(String text)) {
            return text;
        }
        if (type == int.class && value instanceof JsonNumber number) {
            return number.value().intValueExact();
        }
        if (type == boolean.class && value instanceof JsonBoolean flag) {
            return flag.equals(JsonBoolean.TRUE);
        }
        if (type == List.class && value instanceof JsonArray(List<JsonValue> texts)) {
            return texts.stream()
                    .map(text -> text instanceof JsonString(String string) ? string : text.toString())
                    .toList();
        }
        throw new IllegalArgumentException(key + ": is of the wrong type");
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}

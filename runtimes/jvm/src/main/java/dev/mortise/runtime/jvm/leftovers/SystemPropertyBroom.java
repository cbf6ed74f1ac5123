package dev.mortise.runtime.jvm.leftovers;

import dev.mortise.host.spi.Leftover;
import dev.mortise.runtime.jvm.loading.PluginClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Objects of the plugin among the system properties, which should hold text only. */
final class SystemPropertyBroom implements Broom {

    @Override
    public LeftoverKind kind() {
        return LeftoverKind.SYSTEM_PROPERTY;
    }

    @Override
    public List<Leftover> sweep(PluginClassLoader plugin, Duration patience) {
        Belonging belonging = new Belonging(plugin);
        List<Leftover> leftovers = new ArrayList<>();
        Properties properties = System.getProperties();
        for (Map.Entry<Object, Object> property : List.copyOf(properties.entrySet())) {
            if (belonging.isOwnOrHolds(property.getKey()) || belonging.isOwnOrHolds(property.getValue())) {
                properties.remove(property.getKey());
                String key = property.getKey() instanceof String text ? text : "whose key is no text";
                leftovers.add(LeftoverKind.SYSTEM_PROPERTY.cleaned(key + "; a plugin must not put objects there"));
            }
        }
        return leftovers;
    }
}

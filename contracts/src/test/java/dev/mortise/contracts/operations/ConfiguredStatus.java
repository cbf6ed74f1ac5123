package dev.mortise.contracts.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** Finds in a component's configuration how it does. */
public final class ConfiguredStatus implements StatusProvider {

    public static Component component(String key, String state) {
        return Component.of(key, key, "configured", Map.of("state", state));
    }

    @Override
    public String name() {
        return "configured";
    }

    @Override
    public Check check(Component component) {
        String said = component.config().getOrDefault("state", "");
        try {
            HealthState state = HealthState.valueOf(said.toUpperCase(Locale.ROOT));
            return new Check(component.key(), state, "it is " + said, Duration.ofNanos(1), Instant.now());
        } catch (IllegalArgumentException e) {
            return new Check(
                    component.key(),
                    HealthState.UNKNOWN,
                    "the component " + component.key() + " has no state '" + said + "'",
                    Duration.ZERO,
                    Instant.now());
        }
    }
}

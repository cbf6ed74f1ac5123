package dev.mortise.api;

/** A plugin's own verdict on whether it can serve. */
public sealed interface Health {

    record Healthy() implements Health {
        private static final Healthy INSTANCE = new Healthy();
    }

    record Unhealthy(String reason) implements Health {}

    static Health healthy() {
        return Healthy.INSTANCE;
    }

    static Health unhealthy(String reason) {
        return new Unhealthy(reason);
    }
}

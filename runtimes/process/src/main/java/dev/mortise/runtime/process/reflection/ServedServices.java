package dev.mortise.runtime.process.reflection;

import io.grpc.Channel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Finds the gRPC services that a plugin serves. */
public final class ServedServices {

    private ServedServices() {}

    /** @return their full names, or nothing if the plugin has no reflection */
    public static Optional<List<String>> of(Channel channel, Duration timeout)
            throws ReflectionException, InterruptedException {
        Optional<ServerReflection> reflection = ServerReflection.of(channel, timeout);
        if (reflection.isEmpty()) {
            return Optional.empty();
        }
        try (ServerReflection server = reflection.get()) {
            return Optional.of(List.copyOf(server.services()));
        }
    }
}

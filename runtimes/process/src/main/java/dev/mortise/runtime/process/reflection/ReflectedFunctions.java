package dev.mortise.runtime.process.reflection;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.grpc.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the functions of a plugin that was made for another host: every unary method of its own services, as its server
 * reflection tells them. The services that every plugin of the protocol has are left out.
 */
public final class ReflectedFunctions {

    private static final List<String> INFRASTRUCTURE = List.of("grpc.", "plugin.", "mortise.plugin.v1.");

    private ReflectedFunctions() {}

    /** @return the functions, or nothing if the plugin has no reflection */
    public static Optional<List<ReflectedFunction>> of(Channel channel, Duration timeout)
            throws ReflectionException, InterruptedException {
        Optional<ServerReflection> reflection = ServerReflection.of(channel, timeout);
        if (reflection.isEmpty()) {
            return Optional.empty();
        }
        try (ServerReflection server = reflection.get()) {
            DescriptorFiles files = new DescriptorFiles(server);
            List<ServiceDescriptor> services = new ArrayList<>();
            for (String name : server.services()) {
                if (INFRASTRUCTURE.stream().noneMatch(name::startsWith)) {
                    services.add(files.service(name));
                }
            }
            return Optional.of(functions(services));
        }
    }

    private static List<ReflectedFunction> functions(List<ServiceDescriptor> services) {
        Map<String, Integer> taken = new HashMap<>();
        for (ServiceDescriptor service : services) {
            taken.merge(snakeCase(service.getName()), 1, Integer::sum);
        }
        List<ReflectedFunction> functions = new ArrayList<>();
        for (ServiceDescriptor service : services) {
            String simple = snakeCase(service.getName());
            boolean ambiguous = taken.getOrDefault(simple, 0) > 1;
            String prefix = ambiguous ? snakeCase(service.getFullName()) : simple;
            for (MethodDescriptor method : service.getMethods()) {
                if (!method.isClientStreaming() && !method.isServerStreaming()) {
                    functions.add(new ReflectedFunction(prefix + "_" + snakeCase(method.getName()), method));
                }
            }
        }
        return functions;
    }

    static String snakeCase(String name) {
        return name.replace('.', '_')
                .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                // An abbreviation is one word: GetHTTPStatus.
                .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }
}

package dev.mortise.runtime.process;

import dev.mortise.host.spi.InstanceRequest;
import dev.mortise.runtime.process.contain.HostJava;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a plugin sees of the host's environment: what every program needs, and what its manifest was granted. */
final class PluginEnvironment {

    private static final List<String> COMMON = List.of("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ");

    private PluginEnvironment() {}

    static Map<String, String> of(InstanceRequest request, Map<String, String> host) {
        Map<String, String> environment = new HashMap<>();
        COMMON.forEach(name -> copy(name, host, environment));
        request.manifest().permissions().environment().forEach(name -> copy(name, host, environment));
        if (HostJava.isGranted(request.manifest().permissions())) {
            environment.putIfAbsent("MORTISE_JAVA", HostJava.program().toString());
        }
        String data = real(request.services().dataDirectory());
        environment.putIfAbsent("HOME", data);
        environment.put("MORTISE_PLUGIN_ID", request.manifest().id().value());
        environment.put("MORTISE_PACKAGE_DIR", real(request.root()));
        environment.put("MORTISE_DATA_DIR", data);
        return environment;
    }

    /** A link may lead nowhere where the plugin runs. */
    private static String real(Path folder) {
        try {
            return folder.toRealPath().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(String name, Map<String, String> from, Map<String, String> to) {
        String value = from.get(name);
        if (value != null) {
            to.put(name, value);
        }
    }
}

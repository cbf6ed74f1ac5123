package dev.mortise.runtime.process;

import dev.mortise.host.spi.InstanceRequest;
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
        String data = request.services().dataDirectory().toString();
        environment.putIfAbsent("HOME", data);
        environment.put("MORTISE_PLUGIN_ID", request.manifest().id().value());
        environment.put("MORTISE_PACKAGE_DIR", request.root().toString());
        environment.put("MORTISE_DATA_DIR", data);
        return environment;
    }

    private static void copy(String name, Map<String, String> from, Map<String, String> to) {
        String value = from.get(name);
        if (value != null) {
            to.put(name, value);
        }
    }
}

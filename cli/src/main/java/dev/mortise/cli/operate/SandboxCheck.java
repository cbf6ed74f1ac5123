package dev.mortise.cli.operate;

import dev.mortise.host.model.IsolationLevel;
import dev.mortise.host.spi.Isolation;
import dev.mortise.host.spi.PluginRuntime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Tries out what each runtime can keep a plugin in on this machine. */
final class SandboxCheck {

    /** What code needs that nobody vouches for. */
    private static final IsolationLevel GOOD = IsolationLevel.ISOLATED;

    private SandboxCheck() {}

    /** One for each runtime that has a sandbox, and one for each of its layers. */
    static List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        for (PluginRuntime runtime : ServiceLoader.load(PluginRuntime.class)) {
            try (runtime) {
                runtime.isolation().ifPresent(isolation -> findings.addAll(of(runtime.name(), isolation)));
            } catch (IOException e) {
                findings.add(
                        Finding.warn("sandbox of " + runtime.name(), "cannot be tried out: " + e.getMessage(), ""));
            }
        }
        return findings;
    }

    static List<Finding> of(String runtime, Isolation isolation) {
        List<Finding> findings = new ArrayList<>();
        String level = "level " + isolation.level().code() + ", by " + isolation.mechanism();
        String check = "sandbox of " + runtime;
        if (isolation.level().reaches(GOOD)) {
            findings.add(Finding.ok(check, level));
        } else {
            findings.add(Finding.warn(
                    check,
                    level,
                    isolation.lacking(GOOD).stream()
                            .map(layer -> layer.name() + ": " + layer.detail())
                            .collect(Collectors.joining("; ", "'" + GOOD.code() + "' lacks ", ""))));
        }
        for (Isolation.Layer layer : isolation.layers()) {
            String name = check + ", " + layer.name();
            findings.add(
                    layer.inForce()
                            ? Finding.ok(name, layer.detail())
                            : Finding.warn(name, "not in force", layer.detail()));
        }
        return findings;
    }
}

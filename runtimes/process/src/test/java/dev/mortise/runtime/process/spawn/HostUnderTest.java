package dev.mortise.runtime.process.spawn;

import dev.mortise.host.model.Permissions;
import dev.mortise.runtime.process.sandbox.SandboxTier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A host of its own in a JVM of its own, to be killed or to be run as somebody else. Started with a folder, the compiled hostile
 * program and what to do; prints what came of it.
 */
final class HostUnderTest {

    private HostUnderTest() {}

    public static void main(String[] words) throws Exception {
        Path folder = Path.of(words[0]);
        Path hostile = Path.of(words[1]);
        SandboxLauncher.Strategies strategies = SandboxLauncher.Strategies.valueOf(words[2]);
        try (SandboxLauncher launcher = SandboxLauncher.open(folder.resolve("state"), strategies)) {
            switch (words[3]) {
                case "hold" -> hold(launcher, folder, hostile);
                case "probe" -> probe(launcher);
                case "try" -> attempt(launcher, folder, hostile);
                default -> throw new IllegalArgumentException(words[3]);
            }
        }
    }

    /** Starts three processes that want to outlive it, and waits to be killed. */
    private static void hold(SandboxLauncher launcher, Path folder, Path hostile) throws Exception {
        List<SandboxedProcess> held = new ArrayList<>();
        for (String verb : List.of("ignore", "escape-and-stay", "spin")) {
            PluginUnderTest plugin = PluginUnderTest.create(folder, "held-" + verb, hostile);
            SandboxedProcess process = launcher.start(plugin.hostile(plugin.policy(), verb));
            PluginUnderTest.line(process);
            held.add(process);
        }
        System.out.println("holding " + held.size());
        Thread.sleep(Long.MAX_VALUE);
    }

    private static void probe(SandboxLauncher launcher) {
        SandboxReport report = launcher.probe();
        System.out.println("strategy " + report.level().strategy());
        System.out.println("tier " + report.tier().code());
        report.level().lines().forEach(line -> System.out.println("layer " + line));
        report.others().forEach(line -> System.out.println("other " + line));
    }

    /** Runs a few hostile programs, one after the other, and prints their results as {@code verb what result}. */
    private static void attempt(SandboxLauncher launcher, Path folder, Path hostile) throws Exception {
        PluginUnderTest plugin = PluginUnderTest.create(folder, "plugin", hostile);
        PluginUnderTest neighbour = PluginUnderTest.create(folder, "neighbour", hostile);
        Files.writeString(neighbour.data("secret"), "the neighbour's");
        long host = ProcessHandle.current().pid();
        try (SandboxedProcess process = launcher.start(plugin.hostile(plugin.policy(), "who"))) {
            System.out.println("tier " + process.level().tier().code());
        }
        for (List<Object> words : List.<List<Object>>of(
                List.of("read", neighbour.data("secret")),
                List.of("read", "/etc/passwd"),
                List.of("write", plugin.data("mine")),
                List.of("signal", host),
                List.of("memory-of", host),
                List.of("sockets"),
                List.of("calls"))) {
            PluginUnderTest.run(launcher, plugin.hostile(plugin.policy(), words.toArray()))
                    .results()
                    .forEach((what, result) -> System.out.println(words.getFirst() + " " + what + " " + result));
        }
        say("metered", launcher, plugin.hostile(plugin.policy().demanding(SandboxTier.METERED), "who"));
        TreeSet<String> none = new TreeSet<>();
        Permissions above = new Permissions(
                none, none, none, new TreeSet<>(List.of(folder.toString())), none, none, false, false, false);
        say("above", launcher, plugin.hostile(plugin.policy(above), "who"));
    }

    private static void say(String what, SandboxLauncher launcher, SpawnRequest request) {
        try {
            launcher.start(request).close();
            System.out.println(what + " started");
        } catch (SandboxException e) {
            System.out.println(what + " refused: " + e.getMessage());
        }
    }
}

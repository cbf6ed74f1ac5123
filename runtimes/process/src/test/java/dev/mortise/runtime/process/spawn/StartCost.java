package dev.mortise.runtime.process.spawn;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What a start costs in each sandbox, against a bare one. To be run by hand; it measures and asserts nothing. */
final class StartCost {

    private static final int ROUNDS = 40;

    private StartCost() {}

    public static void main(String[] words) throws Exception {
        Path folder = Files.createTempDirectory("start-cost");
        PluginUnderTest plugin = PluginUnderTest.create(folder, "plugin", Path.of("/bin/true"));
        String program = plugin.hostileProgram().toString();
        report("ProcessBuilder", () -> {
            Process process = new ProcessBuilder(program).start();
            process.waitFor();
        });
        for (SandboxLauncher.Strategies strategy :
                List.of(SandboxLauncher.Strategies.KERNEL, SandboxLauncher.Strategies.BUBBLEWRAP)) {
            long begin = System.nanoTime();
            try (SandboxLauncher launcher = SandboxLauncher.open(folder.resolve("state-" + strategy), strategy)) {
                System.out.printf("%s: open %.1f ms%n", strategy, (System.nanoTime() - begin) / 1e6);
                SpawnRequest request =
                        new SpawnRequest(plugin.id(), List.of(program), folder, Map.of(), plugin.policy());
                report(strategy + ", until it has ended", () -> {
                    try (SandboxedProcess process = launcher.start(request)) {
                        process.onExit().get();
                    }
                });
                report(strategy + ", start() alone", () -> launcher.start(request));
            }
        }
    }

    private interface Action {
        void run() throws Exception;
    }

    private static void report(String name, Action action) throws Exception {
        double[] millis = new double[ROUNDS];
        for (int i = -10; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            action.run();
            if (i >= 0) {
                millis[i] = (System.nanoTime() - begin) / 1e6;
            }
        }
        Arrays.sort(millis);
        System.out.printf(
                "%s: median %.1f ms, best %.1f ms, p90 %.1f ms%n",
                name, millis[ROUNDS / 2], millis[0], millis[ROUNDS * 9 / 10]);
    }
}

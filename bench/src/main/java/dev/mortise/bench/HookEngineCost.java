package dev.mortise.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.HostSettings;
import dev.mortise.host.Mortise;
import dev.mortise.host.RingDefinition;
import dev.mortise.host.RingOutcome;
import dev.mortise.host.RingPass;
import dev.mortise.host.RingRequest;
import dev.mortise.host.model.FailPolicy;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a ring of pass-through hooks costs in CPU time of the whole process, hand-over, garbage collection and watchdog
 * included: for 1, 10 and 50 plugins, each in a class loader of its own, with deadlines, statistics and breakers, with and
 * without traces. Prints one line a case, {@code name nanoseconds}, the least of nine rounds.
 */
public final class HookEngineCost {

    private static final int ROUNDS = 9;
    private static final long ROUND = Duration.ofMillis(400).toNanos();
    private static final long WARM_UP = Duration.ofSeconds(4).toNanos();
    private static final RingRequest<JsonObject> REQUEST = RingRequest.of(JsonObject.of("messages", List.of()));

    private HookEngineCost() {}

    /** @param arguments how many hooks; 0, 1, 10 and 50 where nothing is said */
    public static void main(String[] arguments) throws IOException {
        int[] counts = arguments.length == 0
                ? new int[] {0, 1, 10, 50}
                : Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
        Path folder = Files.createTempDirectory("mortise-bench-");
        List<Path> packages = new ArrayList<>();
        for (int i = 1; i <= Arrays.stream(counts).max().orElseThrow(); i++) {
            packages.add(HookJars.passThrough(folder, i));
        }
        for (int count : counts) {
            try (Mortise host = Mortise.builder()
                    .settings(HostSettings.DEFAULT.withProbation(Duration.ZERO))
                    .ring(RingDefinition.before("pre_flight", FailPolicy.OPEN, ""))
                    .start()) {
                packages.subList(0, count)
                        .forEach(one -> host.plugins()
                                .apply(Change.install(one), Actor.EMBEDDER)
                                .orThrow());
                for (boolean traced : new boolean[] {false, true}) {
                    host.rings().trace(traced);
                    System.out.println("hooks" + count + (traced ? "-traced " : " ") + measure(host));
                }
            }
        }
    }

    private static long measure(Mortise host) {
        round(host, WARM_UP);
        long[] costs = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            costs[i] = round(host, ROUND);
        }
        return Arrays.stream(costs).min().orElseThrow();
    }

    /** @return nanoseconds of CPU a pass */
    private static long round(Mortise host, long length) {
        OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long cpu = process.getProcessCpuTime();
        long end = System.nanoTime() + length;
        long passes = 0;
        while (System.nanoTime() - end < 0) {
            for (int i = 0; i < 20; i++) {
                try (RingPass<JsonObject> pass = host.rings().open(REQUEST)) {
                    if (!(pass.run("pre_flight") instanceof RingOutcome.Proceed)) {
                        throw new IllegalStateException("a hook did not pass");
                    }
                }
            }
            passes += 20;
        }
        return (process.getProcessCpuTime() - cpu) / passes;
    }
}

package dev.mortise.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Calls of a plugin in a process of its own: this host beside go-plugin's own in Go, with the same plugin in Go. They
 * take turns; what counts is the ratio of neighbouring turns.
 */
public final class PluginCalls {

    private static final int[] SIZES = {64, 65_536};
    private static final int[] CALLERS = {1, 64};
    /** A host on the JVM is what it will be when its code has been compiled. */
    private static final int WARM_UP_MILLIS = 6_000;

    private PluginCalls() {}

    /**
     * @param arguments the host in Go and the plugin, as built from {@code interop/go}; the number of rounds; the
     *     milliseconds of each turn; and, to measure one of the two only, {@code plain} or {@code mtls}
     */
    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[2]);
        int millis = Integer.parseInt(arguments[3]);
        Path folder = Files.createTempDirectory("mortise-plugin-calls-");
        for (boolean autoMtls : new boolean[] {false, true}) {
            if (arguments.length > 4 && arguments[4].equals("mtls") != autoMtls) {
                continue;
            }
            print(autoMtls ? "%nwith AutoMTLS%n" : "%nin plain text%n");
            print("%-28s %10s %10s %8s%n", "", "this host", "Go host", "ratio");
            try (CallHost ours = new MortiseCallHost(folder, Path.of(arguments[1]), autoMtls);
                    CallHost go = new GoCallHost(Path.of(arguments[0]), Path.of(arguments[1]), autoMtls)) {
                for (int bytes : SIZES) {
                    for (int callers : CALLERS) {
                        ours.calls(callers, bytes, WARM_UP_MILLIS);
                    }
                }
                for (int bytes : SIZES) {
                    for (int callers : CALLERS) {
                        compareCalls(ours, go, callers, bytes, rounds, millis);
                    }
                }
                compareStarts(ours, go, Math.max(3, rounds));
            }
        }
    }

    private static void compareCalls(CallHost ours, CallHost go, int callers, int bytes, int rounds, int millis)
            throws Exception {
        ours.calls(callers, bytes, millis);
        go.calls(callers, bytes, millis);
        List<CallTurn> mine = new ArrayList<>();
        List<CallTurn> theirs = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            mine.add(ours.calls(callers, bytes, millis));
            theirs.add(go.calls(callers, bytes, millis));
        }
        String what = callers + (callers == 1 ? " caller, " : " callers, ") + (bytes == 64 ? "64 B" : "64 KiB");
        compare(what + ", p50 µs", mine, theirs, turn -> turn.p50() / 1e3);
        compare(what + ", p99 µs", mine, theirs, turn -> turn.p99() / 1e3);
        compare(what + ", calls/s", mine, theirs, CallTurn::perSecond);
    }

    private static void compareStarts(CallHost ours, CallHost go, int rounds) throws Exception {
        List<Long> mine = new ArrayList<>();
        List<Long> theirs = new ArrayList<>();
        ours.start();
        for (int i = 0; i < rounds; i++) {
            mine.add(ours.start());
            theirs.add(go.start());
        }
        compare("start to first reply, ms", mine, theirs, nanos -> nanos / 1e6);
    }

    private static <T> void compare(String what, List<T> mine, List<T> theirs, ToDoubleFunction<T> value) {
        double[] ratios = new double[mine.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = value.applyAsDouble(mine.get(i)) / value.applyAsDouble(theirs.get(i));
        }
        print(
                "%-28s %10.1f %10.1f %8.2f%n",
                what,
                median(mine.stream().mapToDouble(value).toArray()),
                median(theirs.stream().mapToDouble(value).toArray()),
                median(ratios));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    @SuppressWarnings({"SystemOut", "AnnotateFormatMethod"}) // The report is what the program is for.
    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}

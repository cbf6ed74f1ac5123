package dev.mortise.runtime.jvm.polls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.runtime.jvm.fixture.Jars;
import dev.mortise.runtime.jvm.fixture.Loaders;
import dev.mortise.runtime.jvm.fixture.Sources;
import dev.mortise.runtime.jvm.loading.PluginClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopStoppingTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** What the host and the fixtures share: a JDK type, because the plugin sees no others. */
    private final AtomicLong progress = new AtomicLong();

    private final AtomicLong result = new AtomicLong();

    @TempDir
    Path folder;

    private PollSwitch polls = new PollSwitch(List.of());

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            while             | while (true) { progress.incrementAndGet(); }
            do while          | do { progress.incrementAndGet(); } while (progress.get() > 0);
            for               | for (;;) { progress.incrementAndGet(); }
            empty loop        | progress.set(9000); while (progress.get() > 0) { }
            without safepoint | long sum = 0; while (true) { for (int i = 0; i < 30000; i++) sum += i; progress.addAndGet(1 + (sum & 1)); }
            nested            | while (true) { for (int i = 0; i < 3; i++) { int j = 0; do { j++; progress.incrementAndGet(); } while (j < 3); } }
            continue          | outer: while (true) { for (int i = 0; ; i++) { progress.incrementAndGet(); if (i == 2) continue outer; } }
            switch            | int state = 0; while (true) { switch (state) { case 0: state = 1; continue; case 1: state = 2; continue; default: state = 0; progress.incrementAndGet(); } }
            text switch       | String state = "a"; while (true) { progress.incrementAndGet(); switch (state) { case "a": state = "b"; break; case "b": state = "a"; break; default: return; } }
            sparse switch     | int state = 1; while (true) { progress.incrementAndGet(); switch (state) { case 1: state = 1000; continue; case 1000: state = 1000000; continue; case 1000000: state = 1; continue; default: return; } }
            lambda            | Runnable spin = () -> { while (true) progress.incrementAndGet(); }; spin.run();
            local class       | new Object() { void spin() { while (true) progress.incrementAndGet(); } }.spin();
            try finally       | while (true) { try { progress.incrementAndGet(); } finally { progress.incrementAndGet(); } }
            catch exception   | while (true) { try { progress.incrementAndGet(); throw new IllegalStateException(); } catch (Exception e) { progress.incrementAndGet(); } }
            stream            | java.util.stream.IntStream.iterate(0, i -> i + 1).filter(i -> progress.incrementAndGet() < 0).findFirst();
            deep recursion    | fibonacci(progress, 200);
            mutual recursion  | even(progress, 200);
            """)
    void everyKindOfLoopIsStopped(String name, String body) throws Exception {
        Runnable code = code(body);
        Ended ended = new Ended();
        Thread thread = run(code, ended);
        awaitProgress(5_000);

        polls.stop(thread);

        assertThat(thread.join(LIMIT)).as(name + " has ended").isTrue();
        assertThat(ended.error()).isInstanceOf(PluginStopped.class);
    }

    @Test
    void compiledLoopsAreStoppedAndOtherThreadsAreLeftAlone() throws Exception {
        Runnable code = code("""
                long threes = 0, ones = 0;
                while (progress.incrementAndGet() > 0) { threes += 3; ones++; }
                result.set(threes == 3 * ones ? ones : -1);
                """);
        Ended otherEnded = new Ended();
        Thread other = run(code, otherEnded);
        Ended ended = new Ended();
        Thread thread = run(code, ended);
        // By then the loop runs as compiled code.
        awaitProgress(50_000_000);

        polls.stop(thread);
        assertThat(thread.join(LIMIT)).isTrue();
        assertThat(ended.error()).isInstanceOf(PluginStopped.class);

        awaitProgress(progress.get() + 1_000_000);
        progress.set(Long.MIN_VALUE);
        assertThat(other.join(LIMIT)).isTrue();
        assertThat(otherEnded.error()).isNull();
        assertThat(result).hasPositiveValue();
    }

    @Test
    void severalThreadsAreStoppedAtTheSameTime() throws Exception {
        Runnable code = code("while (true) { progress.incrementAndGet(); }");
        Ended ended = new Ended();
        List<Thread> threads = List.of(run(code, ended), run(code, ended), run(code, ended));
        awaitProgress(1_000);

        polls.stop(threads.get(0));
        polls.stop(threads.get(2));

        assertThat(threads.get(0).join(LIMIT)).isTrue();
        assertThat(threads.get(2).join(LIMIT)).isTrue();
        long before = progress.get();
        awaitProgress(before + 1_000);
        assertThat(threads.get(1).isAlive()).isTrue();

        polls.clear(threads.get(0));
        polls.stop(threads.get(1));
        assertThat(threads.get(1).join(LIMIT)).isTrue();
    }

    @Test
    void aThreadMayRunTheCodeAgainAfterItsStopWasCleared() throws Exception {
        Runnable code = code("""
                while (progress.get() >= 0) { progress.incrementAndGet(); }
                for (int i = 0; i < 1000; i++) { result.incrementAndGet(); }
                """);
        Ended ended = new Ended();
        CountDownLatch cleared = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread thread = run(
                () -> {
                    assertThatThrownBy(code::run).isInstanceOf(PluginStopped.class);
                    stopped.countDown();
                    await(cleared);
                    progress.set(-1);
                    code.run();
                },
                ended);
        for (int cycle = 0; cycle < 50; cycle++) {
            Thread passer = new Thread(() -> {});
            polls.stop(passer);
            polls.clear(passer);
        }
        awaitProgress(1_000);

        polls.stop(thread);
        await(stopped);
        polls.clear(thread);
        cleared.countDown();

        assertThat(thread.join(LIMIT)).isTrue();
        assertThat(ended.error()).isNull();
        assertThat(result).hasValue(1000);
    }

    @Test
    void codeThatCatchesTheErrorIsThrownAtUntilItLeaves() throws Exception {
        Runnable code = code("""
                try {
                    try {
                        while (progress.get() >= 0) { progress.incrementAndGet(); }
                    } catch (Throwable t) {
                        result.incrementAndGet();
                        while (progress.get() >= 0) { progress.incrementAndGet(); }
                    }
                } catch (Throwable t) {
                    result.incrementAndGet();
                    while (progress.get() >= 0) { progress.incrementAndGet(); }
                }
                """);
        Ended ended = new Ended();
        Thread thread = run(code, ended);
        awaitProgress(1_000);

        polls.stop(thread);

        assertThat(thread.join(LIMIT)).isTrue();
        assertThat(result).hasValue(2);
        assertThat(ended.error()).isInstanceOf(PluginStopped.class);
    }

    @Test
    void aStopReleasesTheMonitorsThatTheCodeHolds() throws Exception {
        Runnable code = code("synchronized (progress) { while (true) { progress.incrementAndGet(); } }");
        Ended ended = new Ended();
        Thread thread = run(code, ended);
        awaitProgress(1_000);

        polls.stop(thread);

        assertThat(thread.join(LIMIT)).isTrue();
        Thread next = run(
                () -> {
                    synchronized (progress) {
                        progress.set(-1);
                    }
                },
                ended);
        assertThat(next.join(LIMIT)).isTrue();
        assertThat(progress).hasValue(-1);
    }

    @Test
    void aStaticInitialiserIsStopped() throws Exception {
        try (PluginClassLoader plugin = Loaders.open(folder.resolve("initialiser"), Sources.compile("""
                public class Slow implements Runnable {
                    static final long VALUE;
                    static {
                        long i = 0;
                        while (Long.getLong("mortise.test.never") == null) { i++; }
                        VALUE = i;
                    }
                    public void run() {}
                }
                """))) {
            Ended ended = new Ended();
            CountDownLatch started = new CountDownLatch(1);
            Thread thread = run(
                    () -> {
                        started.countDown();
                        try {
                            Class.forName("Slow", true, plugin);
                        } catch (ClassNotFoundException e) {
                            throw new AssertionError(e);
                        }
                    },
                    ended);
            await(started);
            plugin.pollSwitch().stop(thread);

            assertThat(thread.join(LIMIT)).isTrue();
            assertThat(ended.error()).isInstanceOf(PluginStopped.class);
        }
    }

    @Test
    void loopsOfPrivateLibrariesAndOfRequiredPluginsAreStopped() throws Exception {
        Map<String, byte[]> spinning = Sources.compile("""
                package com.library;
                public class Spinning implements java.util.function.LongConsumer {
                    public static java.util.concurrent.atomic.AtomicLong progress;
                    public void accept(long ignored) { while (true) { progress.incrementAndGet(); } }
                }
                """);
        Jars.write(folder.resolve("required/plugin.jar"), spinning);
        Jars.write(folder.resolve("requiring/lib/library.jar"), spinning);
        try (PluginClassLoader required = Loaders.open(folder.resolve("required"), "plugin.jar");
                PluginClassLoader requiring = Loaders.open(folder.resolve("requiring"), "lib/library.jar")) {
            PollSwitch both = new PollSwitch(List.of(required.pollSwitch(), requiring.pollSwitch()));
            for (PluginClassLoader each : List.of(required, requiring)) {
                progress.set(0);
                Class<?> type = each.loadClass("com.library.Spinning");
                type.getField("progress").set(null, progress);
                var code = (LongConsumer) type.getConstructor().newInstance();
                Thread thread = run(() -> code.accept(0), new Ended());
                awaitProgress(1_000);
                both.stop(thread);
                assertThat(thread.join(LIMIT)).isTrue();
                both.clear(thread);
            }
        }
    }

    /** A plugin class whose {@code run} has the body; {@code progress} in it is this test's. */
    private Runnable code(String body) throws Exception {
        Map<String, byte[]> classes = Sources.compile("""
                import java.util.concurrent.atomic.AtomicLong;
                public class Code implements Runnable {
                    public static AtomicLong progress, result;
                    public void run() { %s }
                    static long fibonacci(AtomicLong progress, int n) {
                        progress.incrementAndGet();
                        return n < 2 ? n : fibonacci(progress, n - 1) + fibonacci(progress, n - 2);
                    }
                    static boolean even(AtomicLong progress, int n) {
                        progress.incrementAndGet();
                        return n == 0 || odd(progress, n - 1) & odd(progress, n - 1);
                    }
                    static boolean odd(AtomicLong progress, int n) {
                        return n != 0 && even(progress, n - 1) | even(progress, n - 1);
                    }
                }
                """.formatted(body));
        PluginClassLoader loader = Loaders.open(folder, classes);
        polls = loader.pollSwitch();
        Class<?> type = loader.loadClass("Code");
        type.getField("progress").set(null, progress);
        type.getField("result").set(null, result);
        return (Runnable) type.getConstructor().newInstance();
    }

    private static Thread run(Runnable code, Ended ended) {
        Thread thread = new Thread(code, "mortise-test-plugin");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((ignored, error) -> ended.set(error));
        thread.start();
        return thread;
    }

    private void awaitProgress(long atLeast) {
        await(() -> progress.get() >= atLeast);
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("still waiting").isNegative();
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** How a thread ended: by an error, or well. */
    private static final class Ended {

        private final AtomicReference<@Nullable Throwable> error = new AtomicReference<>();

        void set(Throwable value) {
            error.set(value);
        }

        @Nullable
        Throwable error() {
            return error.get();
        }
    }
}

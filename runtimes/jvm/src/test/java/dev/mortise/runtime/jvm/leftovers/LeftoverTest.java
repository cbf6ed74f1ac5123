package dev.mortise.runtime.jvm.leftovers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.spi.Leftover;
import dev.mortise.runtime.jvm.fixture.Jars;
import dev.mortise.runtime.jvm.fixture.Loaders;
import dev.mortise.runtime.jvm.fixture.Sources;
import dev.mortise.runtime.jvm.loading.PluginClassLoader;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a plugin does, and what is left of it: nothing, or something that is taken away, or something that is named. */
class LeftoverTest {

    private static final int MOST_COLLECTIONS = 12;

    private static final String TEMPLATE = """
            package com.example;
            import module java.base;
            public class Scenario implements Callable<Object> {
                static final CountDownLatch NEVER = new CountDownLatch(1);
                static Object kept;
                public Object call() throws Exception { %s }
                static void started(Runnable starter, CountDownLatch latch) throws Exception { starter.run(); latch.await(); }
                static Object waiting(Thread thread) throws Exception {
                    thread.start();
                    while (!thread.getState().name().endsWith("WAITING")) { Thread.sleep(1); }
                    return null;
                }
                public record Point(int x, int y) {}
                public enum Color { RED }
                public interface Greeter { String greet(); }
                public static class Value implements java.io.Serializable { int[] data = new int[10]; }
                public interface CounterMBean { int getCount(); }
                public static class Counter implements CounterMBean { public int getCount() { return 1; } }
                public static class MyProvider extends java.security.Provider {
                    public MyProvider() { super("MortiseTest", "1.0", "for tests"); }
                }
                public static class MyHandler extends java.util.logging.Handler {
                    public void publish(java.util.logging.LogRecord r) {}
                    public void flush() {}
                    public void close() {}
                }
                public static class MyLevel extends java.util.logging.Level { public MyLevel() { super("MINE", 950); } }
                public static class MyDriver implements java.sql.Driver {
                    public java.sql.Connection connect(String url, Properties info) { return null; }
                    public boolean acceptsURL(String url) { return false; }
                    public java.sql.DriverPropertyInfo[] getPropertyInfo(String url, Properties info) { return null; }
                    public int getMajorVersion() { return 1; }
                    public int getMinorVersion() { return 0; }
                    public boolean jdbcCompliant() { return false; }
                    public java.util.logging.Logger getParentLogger() { return null; }
                }
                public static class MyThread extends Thread { public void run() { java.util.concurrent.locks.LockSupport.park(); } }
            }
            """;

    private final Sweep sweep = new Sweep();
    private final ExecutorService hostThreads = hostThreads();

    @TempDir
    Path folder;

    private static ExecutorService hostThreads() {
        ExecutorService threads = Executors.newFixedThreadPool(
                1, task -> Thread.ofPlatform().daemon().name("host-worker").unstarted(task));
        // Started now, so that it inherits nothing of a plugin.
        threads.execute(() -> {});
        return threads;
    }

    @AfterEach
    void endHostThreads() {
        hostThreads.shutdownNow();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nothing               | return null;
            lambda                | Runnable r = () -> kept = 1; r.run(); return null;
            method handle         | return MethodHandles.lookup().findStatic(Scenario.class, "started", MethodType.methodType(void.class, Runnable.class, CountDownLatch.class)).toString();
            record and enum       | return new Point(1, 2).toString() + Color.valueOf("RED").hashCode() + new EnumMap<>(Map.of(Color.RED, 1));
            proxy                 | return ((Greeter) java.lang.reflect.Proxy.newProxyInstance(Scenario.class.getClassLoader(), new Class<?>[] {Greeter.class}, (p, m, a) -> "hi")).greet();
            service loader        | return "" + ServiceLoader.load(Greeter.class).findFirst().isPresent();
            named logger          | java.util.logging.Logger.getLogger("com.example.plugin").setLevel(new MyLevel()); return null;
            log level             | new MyLevel(); return null;
            cleaner               | java.lang.ref.Cleaner.create().register(new Object(), () -> kept = 1); return null;
            serialization         | new java.io.ObjectOutputStream(new java.io.ByteArrayOutputStream()).writeObject(new Value()); return null;
            async                 | return CompletableFuture.supplyAsync(() -> new Point(1, 2)).get().toString();
            resource bundle       | try { ResourceBundle.getBundle("com.example.none"); } catch (MissingResourceException e) { } return null;
            reflection            | for (int i = 0; i < 100; i++) { Scenario.class.getMethod("call").hashCode(); Counter.class.getMethod("getCount").invoke(new Counter()); } return null;
            thread local of JDK   | ThreadLocal<String> t = new ThreadLocal<>(); t.set("x"); return null;
            class values          | new WeakHashMap<Class<?>, String>().put(Scenario.class, "x"); new ClassValue<String>() { protected String computeValue(Class<?> c) { return "x"; } }.get(Scenario.class); return null;
            parallel stream       | return "" + java.util.stream.IntStream.range(0, 1000).parallel().map(i -> i * 2).sum();
            http client           | kept = java.net.http.HttpClient.newHttpClient(); return null;
            exception             | try { throw new IllegalStateException(); } catch (IllegalStateException e) { return null; }
            finished thread       | Thread t = new Thread(() -> kept = 1); t.start(); t.join(); return null;
            introspector          | java.beans.Introspector.getBeanInfo(Counter.class); return null;
            """)
    void ordinaryCodeLeavesNothing(String name, String body) throws Exception {
        Gone gone = runAndRelease(body);

        assertThat(gone.leftovers()).isEmpty();
        assertCollected(gone.remains());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            thread local       | thread_local      | com.example.Scenario$Value in thread 'host-worker' | ThreadLocal<Object> t = new ThreadLocal<>(); kept = t; t.set(new Value()); return null;
            thread local list  | thread_local      | java.util.ArrayList in thread 'host-worker' | ThreadLocal<Object> t = new ThreadLocal<>(); kept = t; t.set(new ArrayList<>(List.of(new Value()))); return null;
            JDBC driver        | jdbc_driver       | com.example.Scenario$MyDriver | java.sql.DriverManager.registerDriver(new MyDriver()); return null;
            shutdown hook      | shutdown_hook     | 'plugin-hook' | Runtime.getRuntime().addShutdownHook(new Thread(() -> kept = 1, "plugin-hook")); return null;
            MBean              | mbean             | com.example:type=Counter | java.lang.management.ManagementFactory.getPlatformMBeanServer().registerMBean(new Counter(), new javax.management.ObjectName("com.example:type=Counter")); return null;
            security provider  | security_provider | MortiseTest | java.security.Security.addProvider(new MyProvider()); return null;
            root log handler   | log_handler       | MyHandler on the root logger | java.util.logging.Logger.getLogger("").addHandler(new MyHandler()); return null;
            own log handler    | log_handler       | MyHandler on logger com.example.plugin | java.util.logging.Logger.getLogger("com.example.plugin").addHandler(new MyHandler()); return null;
            exception handler  | exception_handler | uncaught exceptions | Thread.setDefaultUncaughtExceptionHandler((t, e) -> { }); return null;
            authenticator      | network_default   | com.example.Scenario | java.net.Authenticator.setDefault(new java.net.Authenticator() { }); return null;
            host name verifier | network_default   | com.example.Scenario | javax.net.ssl.HttpsURLConnection.setDefaultHostnameVerifier((h, s) -> false); return null;
            system property    | system_property   | com.example.value | System.getProperties().put("com.example.value", new Value()); return null;
            parked thread      | thread            | 'plugin-parked' in com.example.Scenario | return waiting(new Thread(() -> { try { NEVER.await(); } catch (InterruptedException e) { } }, "plugin-parked"));
            spinning thread    | thread            | 'plugin-spinning' in com.example.Scenario | return waiting(new Thread(() -> { while (true) { try { Thread.sleep(1); } catch (InterruptedException e) { } } }, "plugin-spinning"));
            thread class       | thread            | 'plugin-class' | Thread t = new MyThread(); t.setName("plugin-class"); return waiting(t);
            timer              | thread            | java.util.Timer with tasks | new Timer("plugin-timer").schedule(new TimerTask() { public void run() { } }, 3600000); return null;
            scheduled executor | thread            | executor that was not shut down | Executors.newScheduledThreadPool(1).schedule(() -> kept = 1, 1, TimeUnit.HOURS); return null;
            executor           | thread            | executor that was not shut down | kept = Executors.newFixedThreadPool(1, r -> new Thread(r)); ((ExecutorService) kept).submit(() -> 1).get(); return null;
            idle worker        | thread            | had the plugin's loader as its context class loader | Executors.newFixedThreadPool(1).submit(new FutureTask<>(() -> 1)).get(); return null;
            virtual thread     | thread            | 'plugin-virtual' in com.example.Scenario | CountDownLatch up = new CountDownLatch(1); started(() -> Thread.ofVirtual().name("plugin-virtual").start(() -> { up.countDown(); try { NEVER.await(); } catch (InterruptedException e) { } }), up); return null;
            """)
    void whatHoldsThePluginIsTakenAwayAndNamed(String name, String kind, String what, String body) throws Exception {
        Gone gone = runAndRelease(body);

        assertThat(gone.leftovers()).as(gone.leftovers().toString()).anySatisfy(leftover -> {
            assertThat(leftover.kind()).isEqualTo(kind);
            assertThat(leftover.what()).contains(what);
            assertThat(leftover.cleaned()).isTrue();
        });
        assertCollected(gone.remains());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            memory listener | ((javax.management.NotificationEmitter) java.lang.management.ManagementFactory.getMemoryMXBean()).addNotificationListener((n, h) -> { }, null, null); return null;
            delayed future  | new CompletableFuture<String>().orTimeout(1, TimeUnit.HOURS).whenComplete((v, e) -> kept = v); return null;
            given to host   | return new Value();
            """)
    void whatCannotBeFoundIsReportedAsUnknown(String name, String body) throws Exception {
        Gone gone = runAndRelease(body);
        try {
            assertThat(gone.leftovers()).allMatch(Leftover::cleaned);
            List<Leftover> holders = awaitHolders(gone.remains());
            assertThat(holders).singleElement().satisfies(leftover -> {
                assertThat(leftover.kind()).isEqualTo("unknown");
                assertThat(leftover.what()).contains("heap dump").contains("demo@1.0.0#");
                assertThat(leftover.cleaned()).isFalse();
            });
            assertThat(gone.remains().isCollected()).isFalse();
        } finally {
            Reference.reachabilityFence(gone.result());
        }
    }

    @Test
    void aThreadThatNeverEndsIsNamedWithThePlaceThatItIsIn() throws Exception {
        // Waiting for a lock answers neither to an interrupt nor to a poll.
        Object lock = new Object();
        System.getProperties().put("mortise.test.lock", lock);
        try {
            Gone gone;
            synchronized (lock) {
                gone = runAndRelease("""
                        Object lock = System.getProperties().get("mortise.test.lock");
                        Thread t = new Thread(() -> { synchronized (lock) { kept = 1; } }, "plugin-blocked");
                        t.start();
                        while (t.getState() != Thread.State.BLOCKED) { Thread.sleep(1); }
                        return null;
                        """);
                assertThat(gone.leftovers()).singleElement().satisfies(leftover -> {
                    assertThat(leftover.cleaned()).isFalse();
                    assertThat(leftover.what())
                            .contains("'plugin-blocked' in com.example.Scenario.lambda$call$0, line");
                });
                assertThat(awaitHolders(gone.remains()))
                        .singleElement()
                        .satisfies(leftover -> assertThat(leftover.kind()).isEqualTo("thread"));
            }
            assertCollected(gone.remains());
        } finally {
            System.getProperties().remove("mortise.test.lock");
        }
    }

    @Test
    void otherPluginsAndTheHostKeepWhatIsTheirs() throws Exception {
        String body = """
                System.getProperties().put("com.example." + this.hashCode(), new Value());
                Thread t = new Thread(() -> { try { NEVER.await(); } catch (InterruptedException e) { } }, "plugin-other");
                waiting(t);
                return t;
                """;
        PluginClassLoader other = load(folder.resolve("other"), body);
        Thread thread = (Thread) call(other);
        int properties = System.getProperties().size();

        Gone gone = runAndRelease("return null;");

        assertThat(gone.leftovers()).isEmpty();
        assertThat(thread.isAlive()).isTrue();
        assertThat(System.getProperties()).hasSize(properties);
        assertThat(sweep.after(other, Duration.ofSeconds(10))).hasSize(2);
    }

    @Test
    void aHundredReloadsLeaveNoClassesBehind() throws Exception {
        Map<String, byte[]> classes = Sources.compile(TEMPLATE.formatted("return new Point(1, 2).toString();"));
        List<Remains> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            PluginClassLoader loader = Loaders.open(folder.resolve("r" + i), classes);
            call(loader);
            loader.close();
            all.add(new Remains(loader, sweep));
        }
        for (Remains remains : all) {
            assertCollected(remains);
        }
    }

    private record Gone(List<Leftover> leftovers, Remains remains, Object result) {}

    private Gone runAndRelease(String body) throws Exception {
        PluginClassLoader loader = load(folder, body);
        Object result = call(loader);
        loader.close();
        List<Leftover> leftovers = sweep.after(loader, Duration.ofMillis(500));
        return new Gone(leftovers, new Remains(loader, sweep), result == null ? "" : result);
    }

    private static PluginClassLoader load(Path folder, String body) {
        Jars.write(folder.resolve("plugin.jar"), Sources.compile(TEMPLATE.formatted(body)));
        return Loaders.open(folder, "plugin.jar");
    }

    /** On a thread of the host that lives on, with the context class loader that the host gives it for the call. */
    private Object call(PluginClassLoader loader) throws Exception {
        return hostThreads
                .submit(() -> {
                    ClassLoader before = Thread.currentThread().getContextClassLoader();
                    Thread.currentThread().setContextClassLoader(loader);
                    try {
                        return ((Callable<?>) loader.loadClass("com.example.Scenario")
                                        .getConstructor()
                                        .newInstance())
                                .call();
                    } finally {
                        Thread.currentThread().setContextClassLoader(before);
                    }
                })
                .get(30, TimeUnit.SECONDS);
    }

    private static void assertCollected(Remains remains) throws InterruptedException {
        for (int i = 0; i < MOST_COLLECTIONS && !remains.isCollected(); i++) {
            collect();
        }
        assertThat(remains.isCollected()).as(remains.holders().toString()).isTrue();
        assertThat(remains.holders()).isEmpty();
    }

    private static List<Leftover> awaitHolders(Remains remains) throws InterruptedException {
        for (int i = 0; i < MOST_COLLECTIONS && remains.holders().isEmpty(); i++) {
            collect();
        }
        return remains.holders();
    }

    private static void collect() throws InterruptedException {
        System.gc();
        // References are enqueued by a thread of its own.
        TimeUnit.MILLISECONDS.sleep(5);
    }
}

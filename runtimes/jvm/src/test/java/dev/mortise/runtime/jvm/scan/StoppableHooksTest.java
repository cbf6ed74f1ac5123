package dev.mortise.runtime.jvm.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.spi.PluginInstance;
import dev.mortise.runtime.jvm.fixture.PluginPackage;
import dev.mortise.runtime.jvm.fixture.Sources;
import java.lang.classfile.ClassFile;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which hooks may run on the thread of their request, because they can be stopped wherever they are. */
class StoppableHooksTest {

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing at all     | return Decision.passthrough();
            reads the message  | return c.body().get("model") == null ? Decision.passthrough() : Decision.block(403, "no", "model " + c.body().get("model"));
            metadata           | c.putMetadata("seen", new JsonString(c.metadata("x").map(Object::toString).orElse("?"))); return Decision.passthrough();
            counts             | return c.state().increment("calls", 1) > 5 ? Decision.block(429, "many", "too many") : Decision.passthrough();
            spins for ever     | while (true) { made++; }
            collections        | Map<String, List<Integer>> m = new TreeMap<>(); for (int i = 0; i < 9; i++) { m.computeIfAbsent("k" + i % 3, k -> new ArrayList<>()).add(i); } return m.isEmpty() ? null : Decision.passthrough();
            streams            | return List.of(3, 1, 2).stream().sorted(Comparator.reverseOrder()).map(n -> n + 1).anyMatch(n -> n > 9) ? null : Decision.passthrough();
            its own record     | record Pair(String a, int b) {} return new Pair("x", 1).equals(new Pair("y", 2)) ? null : Decision.passthrough();
            a pattern switch   | Object o = c.body(); return switch (o) { case JsonObject j -> Decision.passthrough(); default -> null; };
            exact money        | return new java.math.BigDecimal("1.10").multiply(new java.math.BigDecimal("3")).signum() < 0 ? null : Decision.passthrough();
            time               | return Instant.now().isAfter(Instant.EPOCH.plus(Duration.ofDays(1))) ? Decision.passthrough() : null;
            hands on           | return new Outer(new Inner()).without("x").isEmpty() ? null : Decision.passthrough();
            calls itself       | return depth(c.traceId().length()) > 1 ? null : Decision.passthrough();
            cleans up          | try { made++; } catch (IllegalStateException e) { made--; } finally { made += 2; } return Decision.passthrough();
            a cache            | return new LinkedHashMap<String, String>() { @Override protected boolean removeEldestEntry(Map.Entry<String, String> e) { return size() > 9; } }.put("a", "b") == null ? Decision.passthrough() : null;
            sums atomically    | return Shared.NUMBER.accumulateAndGet(3, Long::sum) > 0 ? Decision.passthrough() : null;
            its own method     | return Shared.NUMBER.updateAndGet(Main::again) > 0 ? Decision.passthrough() : null;
            an atomic number   | return Shared.NUMBER.updateAndGet(n -> n + 1) > 0 ? Decision.passthrough() : null;
            """)
    void canBeStopped(String name, String body) throws Exception {
        assertThat(isStoppable(body)).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            synchronized block    | synchronized (Shared.NUMBER) { return Decision.passthrough(); }
            synchronized method   | return locked();
            tries a lock          | return Locks.LOCK.tryLock() ? Decision.passthrough() : null;
            regular expression    | return c.sessionId().matches("(a+)+b") ? null : Decision.passthrough();
            splits by expression  | return c.sessionId().split("(a+)+b").length > 3 ? null : Decision.passthrough();
            sum of decimals       | return new java.math.BigDecimal("1e999999999").add(java.math.BigDecimal.ONE).signum() < 0 ? null : Decision.passthrough();
            endless JDK stream    | return Stream.generate(Object::new).anyMatch(Objects::isNull) ? null : Decision.passthrough();
            long JDK loop         | return LongStream.range(0, Long.MAX_VALUE).sum() == 1 ? null : Decision.passthrough();
            endless numbers       | return new SplittableRandom().ints().sum() == 1 ? null : Decision.passthrough();
            days of all times     | return LocalDate.MIN.datesUntil(LocalDate.MAX).map(LocalDate::hashCode).reduce(0, Integer::sum) == 1 ? null : Decision.passthrough();
            copies of copies      | return Collections.nCopies(Integer.MAX_VALUE, Collections.nCopies(Integer.MAX_VALUE, "")).stream().flatMap(List::stream).mapToInt(String::length).sum() == 1 ? null : Decision.passthrough();
            formatted decimal     | return String.format("%f", new java.math.BigDecimal("1e-600000000")).isEmpty() ? null : Decision.passthrough();
            formatted otherwise   | return "%f".formatted(new java.math.BigDecimal("1e-600000000")).isEmpty() ? null : Decision.passthrough();
            accumulator           | var all = new java.util.concurrent.atomic.LongAccumulator(Long::sum, 0); all.accumulate(1); return Decision.passthrough();
            square of a list      | Kept.NAMES.removeAll(Kept.NAMES); return Decision.passthrough();
            vector                | return new Vector<>(List.of(1)).isEmpty() ? null : Decision.passthrough();
            future                | return new java.util.concurrent.FutureTask<>(() -> 1).isDone() ? null : Decision.passthrough();
            output                | System.out.println("x"); return Decision.passthrough();
            lambda that locks     | Runnable r = () -> { synchronized (Shared.NUMBER) { made++; } }; r.run(); return Decision.passthrough();
            overridden method     | Object o = new Object() { @Override public String toString() { return String.valueOf(Locks.LOCK.tryLock()); } }; return ("" + o).isEmpty() ? null : Decision.passthrough();
            initializer           | return Slow.VALUE > 0 ? Decision.passthrough() : null;
            thread local          | return Kept.LOCAL.get() == null ? Decision.passthrough() : null;
            """)
    void maybeNot(String name, String body) throws Exception {
        assertThat(isStoppable(body)).isFalse();
    }

    @Test
    void whatWasMadeElsewhereAndTheJdkCallsInAHookCounts() throws Exception {
        PluginPackage plugin = plugin("Kept.NAMES.sort(Kept.order); return Decision.passthrough();")
                .with(Sources.compile("""
                        package com.example;
                        class Order implements java.util.Comparator<String> {
                            @Override public synchronized int compare(String a, String b) { return a.compareTo(b); }
                        }
                        """));
        assertThat(isStoppable(plugin)).isFalse();
    }

    @Test
    void aMethodOfTheJdkThatAnInterfaceStandsForCounts() throws Exception {
        PluginPackage plugin = plugin("return Decision.passthrough();").with(Sources.compile("""
                package com.example;
                class Waiting {
                    static java.util.function.Supplier<Object> of(java.util.concurrent.CountDownLatch latch) { return latch::getCount; }
                }
                """));
        assertThat(isStoppable(plugin)).isFalse();
    }

    @Test
    void classesThatCallEachOtherInACircleCount() throws Exception {
        PluginPackage plugin = plugin("return new Left().left(300) == 1 ? null : Decision.passthrough();", """
                class Left { long left(int n) { return n < 2 ? n : new Right().right(n - 1) + new Right().right(n - 2); } }
                class Right { long right(int n) { return n < 2 ? n : new Left().left(n - 1) + new Left().left(n - 2); } }
                """);
        assertThat(isStoppable(plugin)).isFalse();
    }

    @Test
    void suchACircleCountsByAnInterfaceOfTheJdkToo() throws Exception {
        PluginPackage plugin = plugin("return new First().get() == null ? null : Decision.passthrough();", """
                class First implements Supplier<Object> { Supplier<Object> next = new Next(); public Object get() { return Shared.NUMBER.get() + ("" + next.get() + next.get()); } }
                class Next implements Supplier<Object> { Supplier<Object> first; public Object get() { return first.get(); } }
                """);
        assertThat(isStoppable(plugin)).isFalse();
    }

    @Test
    void anIteratorThatMayHaveNoEndCounts() throws Exception {
        PluginPackage plugin = plugin("return Decision.passthrough();").with(Sources.compile("""
                package com.example;
                class Endless implements java.util.Iterator<String> {
                    @Override public boolean hasNext() { return true; }
                    @Override public String next() { return "x"; }
                }
                """));
        assertThat(isStoppable(plugin)).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a list without end       | return new Endless().hashCode() == 1 ? null : Decision.passthrough(); | class Endless extends AbstractList<Integer> { int n; @Override public Integer get(int i) { return 1; } @Override public int size() { return ++n + 1; } }
            a list that counts on    | return new Endless().equals(List.of()) ? null : Decision.passthrough(); | class Endless extends ArrayList<Integer> { int n; @Override public int size() { return ++n + 1; } }
            chance that never fits   | return new Same().nextInt(3) == 1 ? null : Decision.passthrough(); | class Same extends Random { @Override protected int next(int bits) { return -1 >>> 1; } }
            numbers that never fit   | return new Same().nextInt(3) == 1 ? null : Decision.passthrough(); | class Same implements java.util.random.RandomGenerator { @Override public long nextLong() { return -1; } }
            an update that disturbs  | return Shared.NUMBER.updateAndGet(new Again()) == 1 ? null : Decision.passthrough(); | class Again implements java.util.function.LongUnaryOperator { @Override public long applyAsLong(long n) { Shared.NUMBER.set(n + 1); return n; } }
            another's method         | return Shared.NUMBER.updateAndGet(Again::again) == 1 ? null : Decision.passthrough(); | class Again { static long again(long n) { Shared.NUMBER.set(n + 1); return n; } }
            a map that gives nothing | return new Never().merge("a", "b", String::concat) == null ? null : Decision.passthrough(); | abstract class Map2 extends AbstractMap<String, String> implements ConcurrentMap<String, String> { } class Never extends Map2 { @Override public Set<Map.Entry<String, String>> entrySet() { return Set.of(); } @Override public String putIfAbsent(String k, String v) { return "x"; } @Override public boolean remove(Object k, Object v) { return false; } @Override public boolean replace(String k, String a, String b) { return false; } @Override public String replace(String k, String v) { return null; } }
            """)
    void whatTheJdkAsksAgainAndAgainUntilItLikesTheAnswerCounts(String name, String body, String more)
            throws Exception {
        assertThat(isStoppable(plugin(body, more))).isFalse();
    }

    /** Its code is in the package of the other plugin, of which nothing is known here. */
    @Test
    void aHookThatInheritsFromAnotherPluginCounts() throws Exception {
        Map<String, byte[]> classes = Sources.compile("""
                package com.example;
                public class Other extends org.example.Base {
                    @Override public dev.mortise.api.Decision execute(dev.mortise.api.HookContext c) { synchronized (this) { return null; } }
                }
                """, """
                package org.example;
                public abstract class Base implements dev.mortise.api.Hook { }
                """);
        classes.keySet().removeIf(name -> name.contains("Base"));

        assertThat(isStoppable(plugin("return Decision.passthrough();").with(classes)))
                .isFalse();
    }

    /** No compiler writes one, and nothing in it leads backward but an exception. */
    @Test
    void anExceptionThatLeadsToItselfCounts() throws Exception {
        byte[] circle = ClassFile.of()
                .build(
                        ClassDesc.of("com.example.Circle"),
                        type -> type.withMethodBody(
                                "go", MethodTypeDesc.of(ConstantDescs.CD_void), ClassFile.ACC_STATIC, code -> {
                                    Label start = code.newLabel();
                                    Label handler = code.newLabel();
                                    Label end = code.newLabel();
                                    code.labelBinding(start).aconst_null().athrow();
                                    code.labelBinding(handler).athrow().labelBinding(end);
                                    code.exceptionCatchAll(start, end, handler);
                                }));
        PluginPackage plugin = plugin(
                        "Circle.go(); return Decision.passthrough();", "class Circle { static void go() {} }")
                .with(Map.of("com/example/Circle.class", circle));

        assertThat(isStoppable(plugin)).isFalse();
    }

    /** It can make objects of classes that nobody has seen it name, and keep them for its hooks. */
    @ParameterizedTest
    @ValueSource(strings = {"reflection", "native"})
    void whoeverCanGetAtCodeThatIsNotNamedIsNotTrustedToStop(String permission) throws Exception {
        PluginPackage plugin = plugin("return Decision.passthrough();").permits(permission);

        assertThat(isStoppable(plugin)).isFalse();
    }

    @Test
    void whatIsGrantedToBlockIsNotTrustedToStop() throws Exception {
        PluginPackage plugin = plugin("return Decision.passthrough();").permits("blocking");
        assertThat(isStoppable(plugin)).isFalse();
    }

    private boolean isStoppable(String body) throws Exception {
        return isStoppable(plugin(body));
    }

    private boolean isStoppable(PluginPackage plugin) throws Exception {
        PluginInstance instance = plugin.open(folder);
        try {
            return instance.load().hooks().getFirst().stoppable();
        } finally {
            instance.unload();
            instance.release();
        }
    }

    private static PluginPackage plugin(String body) {
        return plugin(body, "");
    }

    private static PluginPackage plugin(String body, String more) {
        return PluginPackage.of("com.example.Main", Sources.compile("""
                package com.example;
                import module java.base; import dev.mortise.api.*; import dev.mortise.api.json.*;
                public class Main implements Hook {
                    int made;
                    @Override public Decision execute(HookContext c) { %s }
                    static long again(long n) { Shared.NUMBER.set(n + 1); return n; }
                    private int depth(int n) { return n < 1 ? 0 : 1 + depth(n - 1); }
                    private synchronized Decision locked() { return Decision.passthrough(); }
                }
                class Shared { static final java.util.concurrent.atomic.AtomicLong NUMBER = new java.util.concurrent.atomic.AtomicLong(); }
                class Locks { static java.util.concurrent.locks.ReentrantLock LOCK; }
                class Kept { static List<String> NAMES; static Comparator<String> order; static ThreadLocal<String> LOCAL; }
                record Inner() { String without(String s) { return s; } }
                record Outer(Inner inner) { String without(String s) { return inner.without(s + 1); } }
                %s
                class Slow { static int VALUE; static { synchronized (Slow.class) { VALUE = 1; } } }
                """.formatted(body, more)));
    }
}

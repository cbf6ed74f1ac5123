package dev.mortise.runtime.jvm.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.runtime.jvm.JvmRuntime;
import dev.mortise.runtime.jvm.fixture.PluginPackage;
import dev.mortise.runtime.jvm.fixture.Sources;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Code that any plugin may have without asking, also in a hook. */
class BenignCodeTest {

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            records            | kept = new Point(1, 2).equals(new Point(1, 3)) + "" + new Point(1, 2) + new Point(3, 4).hashCode(); ## record Point(int x, int y) { Point { if (x < 0) throw new IllegalArgumentException(); } }
            enums              | kept = Color.valueOf("RED").ordinal() + Color.values().length + new EnumMap<Color, String>(Color.class).size() + EnumSet.allOf(Color.class).size(); ## enum Color { RED, GREEN { @Override public String toString() { return "g"; } } }
            lambdas            | java.util.function.Function<Object, String> f = x -> "" + x + kept; kept = f.andThen(String::length).apply(1);
            method references  | kept = List.of("b", "a").stream().map(String::toUpperCase).sorted(Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder())).toArray(String[]::new);
            serialisable lambda | kept = (java.util.function.Supplier<String> & Serializable) () -> "x";
            switch patterns    | kept = switch (kept) { case null -> 0; case Integer i when i > 3 -> i; case String s -> s.length(); case int[] a -> a.length; default -> 1; };
            record patterns    | if (kept instanceof Pair(String a, Pair(var b, _))) { kept = a + b; } ## record Pair(Object a, Object b) { }
            enum switch        | kept = switch (Color.RED) { case RED -> 1; case GREEN -> 2; }; ## enum Color { RED, GREEN }
            qualified enum constants | kept = switch ((Shade) Color.RED) { case Color.RED -> 1; case Color.GREEN -> 2; }; ## sealed interface Shade { } enum Color implements Shade { RED, GREEN }
            string switch      | kept = switch (String.valueOf(kept)) { case "a" -> 1; case "b" -> 2; default -> 3; };
            string building    | kept = "a" + 1 + 2.0 + 'c' + kept + new StringBuilder().append(1).reverse() + String.join(",", "a") + "x".formatted() + String.format(Locale.ROOT, "%d", 1) + "a\\nb".lines().toList() + "a".repeat(3).strip();
            streams            | kept = java.util.stream.IntStream.range(0, 9).boxed().collect(java.util.stream.Collectors.groupingBy(i -> i % 2, java.util.stream.Collectors.counting())); kept = java.util.stream.Stream.iterate(1, i -> i * 2).limit(9).gather(java.util.stream.Gatherers.windowFixed(2)).toList();
            sealed types       | kept = area(new Circle(1)); ## sealed interface Shape permits Circle, Square { } record Circle(double r) implements Shape { } record Square(double a) implements Shape { } static double area(Shape s) { return switch (s) { case Circle c -> Math.PI * c.r() * c.r(); case Square q -> q.a() * q.a(); }; }
            inner classes      | kept = new Object() { int n = 1; int next() { return n++; } }.next(); class Local implements Iterator<String> { public boolean hasNext() { return false; } public String next() { throw new NoSuchElementException(); } } kept = new Local();
            generics           | kept = new Box<>(1).map(x -> "" + x); ## static class Box<T> { final T value; Box(T value) { this.value = value; } <R> Box<R> map(java.util.function.Function<? super T, ? extends R> f) { return new Box<>(f.apply(value)); } }
            generic arrays     | kept = List.of("a").toArray(new String[0]); kept = Arrays.copyOf(new String[1], 2); kept = Arrays.asList(1, 2); kept = new int[2][3].clone(); kept = java.lang.reflect.Array.newInstance(String.class, 3);
            regex              | kept = java.util.regex.Pattern.compile("(?<y>\\\\d+)-").matcher("2026-").replaceAll(m -> m.group("y")); kept = "a,b".split(",");
            time               | kept = in.toString() + Duration.ofMillis(5).plus(Duration.between(Instant.EPOCH, Instant.EPOCH)) + ZonedDateTime.of(2026, 1, 1, 1, 1, 1, 1, ZoneId.of("Europe/Vienna")).format(java.time.format.DateTimeFormatter.ISO_DATE) + LocalTime.NOON + Clock.systemUTC().instant() + Instant.now();
            numbers            | kept = new BigDecimal("1.25").setScale(1, RoundingMode.HALF_EVEN).add(BigDecimal.TEN).toBigInteger().modPow(BigInteger.TWO, BigInteger.TEN); kept = Math.floorMod(-1, 3) + StrictMath.sin(1) + Long.parseUnsignedLong("1") + Integer.toBinaryString(3) + Double.compare(1, 2) + Math.fma(1d, 2d, 3d);
            formats            | kept = new java.text.DecimalFormat("0.00").format(1) + java.text.MessageFormat.format("{0}", 1) + java.text.Normalizer.normalize("x", java.text.Normalizer.Form.NFC) + java.text.NumberFormat.getInstance(Locale.ROOT) + java.text.BreakIterator.getWordInstance();
            identifiers        | kept = UUID.randomUUID() + HexFormat.of().formatHex(new byte[1]) + Base64.getUrlEncoder().encodeToString(new byte[1]) + new SecureRandom().nextInt() + new Random(1).nextInt() + java.util.random.RandomGenerator.of("L64X128MixRandom").nextInt() + ThreadLocalRandom.current().nextInt();
            digests            | kept = java.security.MessageDigest.getInstance("SHA-256").digest("x".getBytes(java.nio.charset.StandardCharsets.UTF_8)); kept = new java.util.zip.CRC32().getValue();
            cryptography       | javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA256"); mac.init(new javax.crypto.spec.SecretKeySpec(new byte[1], "HmacSHA256")); kept = mac.doFinal(); kept = java.security.KeyFactory.getInstance("RSA"); kept = java.security.Signature.getInstance("Ed25519");
            concurrent maps    | ConcurrentHashMap<String, LongAdder> m = new ConcurrentHashMap<>(); m.computeIfAbsent("a", k -> new LongAdder()).increment(); m.forEach((k, v) -> kept = v); m.merge("a", new LongAdder(), (a, b) -> a); kept = ConcurrentHashMap.newKeySet(); kept = new CopyOnWriteArrayList<>(); kept = new ConcurrentLinkedQueue<>().poll();
            atomics            | kept = new AtomicLong().incrementAndGet() + new AtomicReference<>(1).updateAndGet(x -> x + 1) + String.valueOf(new AtomicBoolean().compareAndExchange(true, false)); kept = new AtomicIntegerArray(3);
            queues             | Queue<Object> q = new ArrayBlockingQueue<>(3); q.offer(1); kept = q.poll(); kept = new ArrayDeque<>(List.of(1)).pop(); kept = new PriorityQueue<>(List.of(2, 1)).peek(); kept = new LinkedBlockingQueue<>(1).offer(1);
            locks that do not wait | kept = lock.tryLock(); kept = new Semaphore(1).tryAcquire(); synchronized (this) { kept = 1; notifyAll(); }
            futures that do not wait | kept = CompletableFuture.completedFuture(1).thenApply(x -> x + 1).thenCombine(CompletableFuture.completedFuture(2), Integer::sum).getNow(0); kept = new CompletableFuture<String>().orTimeout(1, TimeUnit.SECONDS).thenApplyAsync(String::length, pool);
            collections        | kept = new LinkedHashMap<>(16, 0.75f, true); kept = new TreeMap<>(Map.of(1, 2)).descendingMap().headMap(1); kept = Collections.unmodifiableList(new ArrayList<>(List.of(3, 1))).reversed(); Collections.sort(new ArrayList<>(List.of(1))); kept = new BitSet(3); kept = new WeakHashMap<>(); kept = new StringJoiner(",").add("x"); kept = Optional.of(1).or(() -> Optional.of(2)).stream().toList();
            bounded cache      | kept = new LinkedHashMap<String, String>() { @Override protected boolean removeEldestEntry(Map.Entry<String, String> e) { return size() > 100; } }.put("a", "b");
            streams of bytes   | var out = new ByteArrayOutputStream(); try (var zip = new java.util.zip.GZIPOutputStream(out)) { zip.write(1); } kept = new java.util.zip.GZIPInputStream(new ByteArrayInputStream(out.toByteArray())).readAllBytes(); kept = new BufferedReader(new StringReader("x")).readLine(); kept = new PrintWriter(new StringWriter()); kept = new PrintStream(out, true, java.nio.charset.StandardCharsets.UTF_8);
            buffers            | kept = java.nio.ByteBuffer.allocate(8).putLong(1).flip().order(java.nio.ByteOrder.LITTLE_ENDIAN); kept = java.nio.charset.StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(new byte[1]));
            addresses          | kept = URI.create("http://a/b").resolve("c").getHost() + URLEncoder.encode("x", java.nio.charset.StandardCharsets.UTF_8) + Path.of("a").resolve("b").getFileName();
            own resources      | try (InputStream words = Bad.class.getResourceAsStream("words.txt")) { kept = words == null ? 0 : words.readAllBytes(); } kept = ResourceBundle.getBundle("com.example.words").keySet();
            exceptions         | try { throw new IllegalStateException("x", new IOException()); } catch (IllegalStateException e) { kept = e.getCause() + e.getMessage() + Arrays.toString(e.getStackTrace()); e.addSuppressed(new Exception()); }
            own exceptions     | try { throw new Mine(1); } catch (Mine e) { kept = e.code; } ## static class Mine extends Exception { private static final long serialVersionUID = 1; final int code; Mine(int code) { super("m"); this.code = code; } }
            assertions         | assert kept != null : "x";
            classes of objects | kept = in.getClass().getSimpleName() + Bad.class.getName() + ((Object) in.getClass() == Object.class) + String.class.isInstance(in) + Integer.class.cast(1) + in.getClass().isRecord();
            thread's own       | kept = Thread.currentThread().getName() + Thread.currentThread().isInterrupted() + Thread.interrupted(); Thread.onSpinWait(); Thread.yield(); ThreadLocal<String> t = ThreadLocal.withInitial(() -> "x"); kept = t.get(); t.remove();
            scoped values      | kept = ScopedValue.where(KEY, "x").call(() -> KEY.get()); ## static final ScopedValue<String> KEY = ScopedValue.newInstance();
            clocks             | kept = System.nanoTime() + System.currentTimeMillis() + System.identityHashCode(in) + Runtime.getRuntime().availableProcessors() + Runtime.version().feature(); System.out.println(kept); System.err.print("");
            logging            | System.getLogger("x").log(System.Logger.Level.INFO, () -> "y"); java.util.logging.Logger.getLogger("com.example").fine("x");
            text scanner       | kept = new Scanner("1 2 3").nextInt(); kept = new Formatter(new StringBuilder()).format("%s", 1); kept = new StringTokenizer("a b").nextToken();
            weak references    | kept = new java.lang.ref.WeakReference<>(in).get(); kept = new java.lang.ref.ReferenceQueue<>().poll();
            nested loops       | outer: for (int i = 0; i < 3; i++) { for (int j = 0; j < 3; j++) { if (i * j > 2) { break outer; } } } do { kept = null; } while (kept != null);
            varargs and boxing | Integer i = 1; long l = i + 2L; kept = List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11).hashCode() + l + Objects.hash(1, 2) + Objects.requireNonNullElse(null, 1); char[] c = {'a'}; kept = c;
            interfaces with code | kept = new Named() { }.name(); ## interface Named { default String name() { return helper(); } private String helper() { return "x"; } static Named of() { return new Named() { }; } }
            """)
    void passesInAHook(String name, String code) {
        assertThat(Snippets.hook(code).violations(folder)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8", "11", "17", "21", "25"})
    void passesAsEveryCompilerWritesIt(String release) {
        PluginPackage plugin =
                PluginPackage.of("com.example.Old", Sources.compile(List.of("--release", release), List.of(), """
                package com.example; import java.util.*;
                public class Old {
                    enum Color { RED, GREEN }
                    interface Shape { default int area() { return 1; } }
                    private int secret;
                    class Inner { int peek() { return secret++; } }
                    String call(String in, Color color) {
                        switch (color) { case RED: return in + secret; default: break; }
                        switch (in) { case "a": return "b"; default: break; }
                        assert secret == 0 : "x";
                        Runnable r = () -> secret++;
                        r.run();
                        Comparator<String> c = Comparator.comparing(String::length);
                        try (java.io.StringReader reader = new java.io.StringReader(in)) {
                            for (String s : Arrays.asList("x", "y")) { in += s + c.compare(s, in) + reader.read(); }
                        } catch (java.io.IOException | RuntimeException e) { throw new IllegalStateException(e); }
                        return new Inner().peek() + Color.valueOf("RED").name() + new Shape() {}.area();
                    }
                }
                """));

        assertThat(plugin.violations(folder)).isEmpty();
    }

    @Test
    void everyFormOfTheApiPasses() {
        PluginPackage plugin = PluginPackage.of(
                "com.example.Good",
                Sources.compile(
                        Sources.read(JvmRuntime.class, "Good.java"), Sources.read(JvmRuntime.class, "Base.java")));

        assertThat(plugin.violations(folder)).isEmpty();
    }
}

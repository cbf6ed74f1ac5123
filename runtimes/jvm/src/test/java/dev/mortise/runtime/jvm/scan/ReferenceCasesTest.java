package dev.mortise.runtime.jvm.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.CallInfo;
import dev.mortise.api.json.JsonObject;
import dev.mortise.host.spi.Contributions;
import dev.mortise.host.spi.PluginInstance;
import dev.mortise.runtime.jvm.fixture.Jars;
import dev.mortise.runtime.jvm.fixture.PluginPackage;
import dev.mortise.runtime.jvm.fixture.Sources;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The cases that a scanner of source text for another language is tested with, and the spellings that get past it, each
 * as its twin in Java.
 */
class ReferenceCasesTest {

    private static final CallInfo INFO = new CallInfo("tester", "0", Instant.EPOCH);

    @TempDir
    Path folder;

    // What it is tested with.

    @Test
    void safeCodePasses() {
        assertPasses(Snippets.hook("kept = in.body().text(\"text\").orElse(\"\").toLowerCase(Locale.ROOT);"));
    }

    @Test
    void theOperatingSystemIsRefused() {
        assertRefused(Snippets.function("return System.getenv();"), "environment", "java.lang.System.getenv");
    }

    @Test
    void subprocessesAreRefused() {
        assertRefused(
                Snippets.function("return new ProcessBuilder(\"ls\").inheritIO().start();"),
                "processes",
                "java.lang.ProcessBuilder.start");
    }

    @Test
    void execIsRefused() {
        assertRefused(
                Snippets.function("return Runtime.getRuntime().exec(new String[] {\"ls\"});"),
                "processes",
                "java.lang.Runtime.exec");
    }

    @Test
    void evalIsRefused() {
        assertRefused(
                Snippets.function("return ((javax.script.ScriptEngine) in).eval(\"1 + 1\");"),
                "scripting",
                "javax.script.ScriptEngine.eval");
    }

    @Test
    void staticImportsAreRefused() {
        PluginPackage plugin = PluginPackage.of("com.example.Bad", Sources.compile("""
                package com.example;
                import static java.nio.file.Files.readAllBytes;
                import static java.nio.file.Path.of;
                public class Bad implements dev.mortise.api.Plugin {
                    Object call() throws Exception { return readAllBytes(of("/etc/shadow")); }
                }
                """));

        assertRefused(plugin, "files", "java.nio.file.Files.readAllBytes");
    }

    @Test
    void whatIsAllowedPasses() {
        assertPasses(Snippets.function("""
                return java.util.regex.Pattern.compile("a+").matcher("aa").matches() + " " + Math.sqrt(2) \
                + Instant.EPOCH.plusSeconds(1) + LocalDate.of(2026, 1, 1) \
                + HexFormat.of().formatHex(java.security.MessageDigest.getInstance("SHA-256").digest()) \
                + Base64.getEncoder().encodeToString(new byte[3]) + new ArrayList<>(List.of(1)) + in;"""));
    }

    @Test
    void aClassFileThatMakesNoSenseIsRefused() {
        Map<String, byte[]> classes = new TreeMap<>(
                Sources.compile("package com.example; public class Bad implements dev.mortise.api.Plugin {}"));
        classes.put("com/example/Broken.class", new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0});

        assertRefused(PluginPackage.of("com.example.Bad", classes), "unreadable", "com.example.Broken");
    }

    @Test
    void requestsAreRefused() {
        assertRefused(
                Snippets.function("return java.net.http.HttpRequest.newBuilder(URI.create(\"http://a\")).build();"),
                "network",
                "java.net.http.HttpRequest.newBuilder");
    }

    @Test
    void sleepIsRefused() {
        assertRefused(Snippets.hook("Thread.sleep(5);"), "blocking", "java.lang.Thread.sleep");
    }

    @Test
    void urlsAreRefused() {
        assertRefused(
                Snippets.function("return URI.create(\"http://a\").toURL().openConnection();"),
                "network",
                "java.net.URL.openConnection");
    }

    @Test
    void databasesAreRefused() {
        assertRefused(
                Snippets.function("return java.sql.DriverManager.getConnection(\"jdbc:sqlite:x\");"),
                "network",
                "java.sql.DriverManager.getConnection");
    }

    @Test
    void waitingWithoutAThreadPasses() {
        assertPasses(Snippets.hook("""
                kept = new CompletableFuture<String>().completeOnTimeout("late", 5, TimeUnit.MILLISECONDS) \
                .thenApply(String::length).exceptionally(e -> 0);"""));
    }

    // What gets past it.

    @Test
    void anAsynchronousProcessIsRefused() {
        assertRefused(
                Snippets.function("return ProcessBuilder.startPipeline(List.of()).getFirst().onExit();"),
                "processes",
                "java.lang.ProcessBuilder.startPipeline");
    }

    @Test
    void theEnvironmentByWayOfAHarmlessClassIsRefused() {
        assertRefused(Snippets.function("return Long.getLong(\"secret\");"), "environment", "java.lang.Long.getLong");
    }

    @Test
    void aFileByWayOfAHarmlessClassIsRefused() {
        assertRefused(
                Snippets.function("return new Scanner(new File(\"/etc/passwd\")).useDelimiter(\"\\\\z\").next();"),
                "files",
                "java.util.Scanner.new");
    }

    @Test
    void aFileWithoutAnyImportIsRefused() {
        assertRefused(
                Snippets.function("return new java.io.FileInputStream(\"/etc/passwd\").readAllBytes();"),
                "files",
                "java.io.FileInputStream.new");
    }

    @Test
    void namesThatArePutTogetherAreRefused() {
        PluginPackage plugin = Snippets.function("""
                return Class.forName("java.lang.Run" + "time").getMethod("ex" + "it", int.class).invoke(null, 1);""");

        assertRefused(plugin, "reflection", "java.lang.Class.forName");
        assertRefused(plugin, "reflection", "java.lang.Class.getMethod");
        assertRefused(plugin, "reflection", "java.lang.reflect.Method.invoke");
    }

    @Test
    void climbingFromAValueToAllClassesIsRefused() {
        assertRefused(
                Snippets.function("return \"\".getClass().getModule().getLayer().modules();"),
                "class_loading",
                "java.lang.Class.getModule");
    }

    @Test
    void aHelperInTheSamePackageIsRefused() {
        PluginPackage plugin = PluginPackage.of(
                "com.example.Fine",
                Sources.compile(
                        "package com.example; public class Fine implements dev.mortise.api.Plugin { Object o = Evil.run(); }",
                        "package com.example; class Evil { static Object run() { return ProcessHandle.current(); } }"));

        assertRefused(plugin, "processes", "java.lang.ProcessHandle.current");
    }

    @Test
    void aHelperInALibraryIsRefused() {
        Map<String, byte[]> library = Sources.compile(
                "package com.library; public class Evil { public static void run() { System.exit(0); } }");
        Path jar = Jars.write(folder.resolve("compile/library.jar"), library);
        PluginPackage plugin = PluginPackage.of("com.example.Fine", Sources.compile(List.of(), List.of(jar), """
                                package com.example;
                                public class Fine implements dev.mortise.api.Plugin { void call() { com.library.Evil.run(); } }
                                """))
                .library("library.jar", library);

        assertRefused(plugin, "exit", "java.lang.System.exit");
    }

    @Test
    void objectsOutOfBytesAreRefused() {
        assertRefused(
                Snippets.function("return new ObjectInputStream((InputStream) in).readObject();"),
                "serialization",
                "java.io.ObjectInputStream.new");
    }

    @Test
    void aStaticMethodByTheNameOfASubclassIsRefused() {
        assertRefused(
                Snippets.function("return Mine.getSystemClassLoader(); ## static class Mine extends ClassLoader { }"),
                "class_loading",
                "com.example.Bad$Mine.getSystemClassLoader");
    }

    @Test
    void theHostsOwnClassesAreNotThere() throws Exception {
        PluginInstance instance = Snippets.function(
                        "return null; ## @Rpc public String secret() { return dev.mortise.host.ProblemCode.INTERNAL.code(); }")
                .open(folder);
        Contributions offered = instance.load();

        assertThatThrownBy(() -> offered.functions().getFirst().handler().call(JsonObject.EMPTY, INFO))
                .isInstanceOf(NoClassDefFoundError.class)
                .hasMessageContaining("dev/mortise/host/ProblemCode");
        instance.release();
    }

    @Test
    void anAliasIsRefused() {
        assertRefused(
                Snippets.function(
                        "Exec e = Runtime.getRuntime()::exec; return e.exec(\"id\"); ## interface Exec { Process exec(String s) throws IOException; }"),
                "processes",
                "java.lang.Runtime.exec");
    }

    @Test
    void sleepByAnotherNameIsRefused() {
        assertRefused(Snippets.hook("TimeUnit t = TimeUnit.SECONDS; t.sleep(5);"), "blocking", "TimeUnit.sleep");
    }

    @Test
    void sleepByAStaticImportIsRefused() {
        PluginPackage plugin = PluginPackage.of("com.example.Bad", Sources.compile("""
                package com.example;
                import static java.lang.Thread.sleep; import dev.mortise.api.*;
                public class Bad implements Hook {
                    public Decision execute(HookContext c) {
                        try { sleep(5); } catch (InterruptedException e) { }
                        return Decision.passthrough();
                    }
                }
                """));

        assertRefused(plugin, "blocking", "java.lang.Thread.sleep");
    }

    @Test
    void anEndlessLoopPassesAndIsStopped() throws Exception {
        PluginInstance instance = Snippets.function("return null; ## @Rpc public void spin() { while (true) { } }")
                .open(folder);
        Contributions offered = instance.load();
        Thread caller = Thread.ofPlatform()
                .daemon()
                .start(() -> assertThatThrownBy(
                                () -> offered.functions().getFirst().handler().call(JsonObject.EMPTY, INFO))
                        .hasMessageContaining("stopped"));

        instance.stopSignal().stop(caller);

        assertThat(caller.join(Duration.ofSeconds(30))).isTrue();
        instance.release();
    }

    @Test
    void anAsynchronousConnectionIsRefused() {
        assertRefused(
                Snippets.function(
                        "return java.nio.channels.AsynchronousSocketChannel.open().connect((SocketAddress) in);"),
                "network",
                "java.nio.channels.AsynchronousSocketChannel.connect");
    }

    private void assertPasses(PluginPackage plugin) {
        assertThat(plugin.violations(folder)).isEmpty();
    }

    private void assertRefused(PluginPackage plugin, String category, String target) {
        assertThat(plugin.violations(folder)).anySatisfy(violation -> {
            assertThat(violation.text("category")).hasValue(category);
            assertThat(violation.text("refers_to").orElseThrow()).endsWith(target);
        });
    }
}

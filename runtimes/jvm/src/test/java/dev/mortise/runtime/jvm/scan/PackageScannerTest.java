package dev.mortise.runtime.jvm.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.CallInfo;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.spi.Contributions;
import dev.mortise.host.spi.PluginInstance;
import dev.mortise.host.spi.PluginStartException;
import dev.mortise.runtime.jvm.fixture.Jars;
import dev.mortise.runtime.jvm.fixture.Manifests;
import dev.mortise.runtime.jvm.fixture.PluginPackage;
import dev.mortise.runtime.jvm.fixture.Sources;
import dev.mortise.runtime.jvm.loading.ClassGate;
import dev.mortise.runtime.jvm.loading.PluginClassPath;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageScannerTest {

    private static final CallInfo INFO = new CallInfo("tester", "0", Instant.EPOCH);

    private static final Map<String, byte[]> LIBRARY = Sources.compile(
            "package com.library; public class Used { public static String text() { return Inner.TEXT; } }",
            "package com.library; class Inner { static final String TEXT = String.valueOf(1); }",
            "package com.library; public class Unused { public static int run() { System.exit(1); return 1; } }",
            "package com.library; public class Hidden { public static Object run() throws Exception { return new ProcessBuilder().start(); } }");

    @TempDir
    Path folder;

    @Test
    void aRefusalSaysWhereWhatAndWhatToDo() {
        PluginPackage plugin = PluginPackage.of("com.example.Bad", Sources.compile("""
                package com.example;
                public class Bad implements dev.mortise.api.Plugin {
                    public Object run(String program) throws Exception {
                        return Runtime.getRuntime().exec(new String[] {program});
                    }
                    public void spread() {
                        new Thread(() -> {}).start();
                    }
                }
                """));

        assertThatThrownBy(() -> plugin.open(folder))
                .isInstanceOf(PluginStartException.class)
                .hasMessage(
                        "its code does what its manifest does not permit: (1) com.example.Bad.run (Bad.java:4) calls"
                                + " java.lang.Runtime.exec, which deals with processes; it needs the permission run (2)"
                                + " com.example.Bad.spread (Bad.java:7) makes a java.lang.Thread, which makes threads or uses those"
                                + " of the JVM; it needs the permission threads (3) com.example.Bad.spread (Bad.java:7) calls"
                                + " java.lang.Thread.start, which makes threads or uses those of the JVM; it needs the permission"
                                + " threads; take it out, or add to the manifest \"permissions\":"
                                + " {\"run\":[\"program\"],\"threads\":true}")
                .asInstanceOf(InstanceOfAssertFactories.type(PluginStartException.class))
                .satisfies(refusal -> {
                    JsonObject first = (JsonObject) refusal.details()
                            .array("violations")
                            .orElseThrow()
                            .values()
                            .getFirst();
                    assertThat(first.without("message"))
                            .isEqualTo(JsonObject.of("class", "com.example.Bad")
                                    .with("refers_to", "java.lang.Runtime.exec")
                                    .with("category", "processes")
                                    .with("permissions", List.of("run"))
                                    .with("method", "run")
                                    .with("source_file", "Bad.java")
                                    .with("source_line", 4));
                    assertThat(refusal.details().integer("count")).hasValue(3);
                    assertThat(refusal.details().object("missing_permissions"))
                            .hasValue(JsonObject.of("run", List.of("program")).with("threads", true));
                });
    }

    @Test
    void manyViolationsAreCountedAndTheFirstAreListed() {
        String methods = IntStream.range(0, 300)
                .mapToObj(i -> "void m" + i + "() { System.exit(" + i + "); }")
                .collect(Collectors.joining("\n"));
        PluginPackage plugin = PluginPackage.of(
                "Bad", Sources.compile("public class Bad implements dev.mortise.api.Plugin { " + methods + " }"));

        assertThatThrownBy(() -> plugin.open(folder))
                .hasMessageContaining("and 297 more")
                .asInstanceOf(InstanceOfAssertFactories.type(PluginStartException.class))
                .satisfies(refusal -> {
                    assertThat(refusal.details()
                                    .array("violations")
                                    .orElseThrow()
                                    .values())
                            .hasSize(20);
                    assertThat(refusal.details().integer("count")).hasValue(300);
                });
    }

    @Test
    void whatALibraryHasBesideDoesNotRefuseThePlugin() throws Exception {
        PluginInstance instance = plugin("return com.library.Used.text();").open(folder);

        assertThat(call(instance)).isEqualTo(JsonValue.of("1"));
        instance.release();
    }

    @Test
    void whatOfALibraryIsUsedIsScanned() {
        assertThat(plugin("return String.valueOf(com.library.Unused.run());").violations(folder))
                .singleElement()
                .satisfies(violation -> assertThat(violation.text("class")).hasValue("com.library.Unused"));
    }

    @Test
    void libraryMethodsForWholeProgramsComeWithReflection() {
        PluginPackage plugin = plugin("return String.valueOf(com.library.Unused.run());");

        assertThat(plugin.permits("threads").violations(folder)).isNotEmpty();
        assertThat(plugin.permits("reflection").violations(folder)).isEmpty();
        assertThat(Snippets.function("System.exit(1); return null;")
                        .permits("all")
                        .violations(folder))
                .isNotEmpty();
    }

    @Test
    void whatIsLoadedByReflectionIsScannedThen() throws Exception {
        PluginInstance instance = plugin(
                        "return String.valueOf(Class.forName(\"com.library.\" + \"Hidden\").getMethod(\"run\").invoke(null));")
                .permits("reflection")
                .open(folder);
        Contributions offered = instance.load();

        assertThatThrownBy(() -> offered.functions().getFirst().handler().call(JsonObject.EMPTY, INFO))
                .isInstanceOf(NoClassDefFoundError.class)
                .hasMessageContaining("com.library.Hidden of demo is not loaded")
                .hasMessageContaining("makes a java.lang.ProcessBuilder");
        instance.release();
    }

    @Test
    void whatAPluginExportsIsScannedAlsoInItsLibraries() {
        PluginPackage plugin = plugin("return \"\";").exports("com.library");

        assertThat(plugin.violations(folder))
                .extracting(violation -> violation.text("class").orElseThrow())
                .contains("com.library.Unused", "com.library.Hidden");
    }

    @Test
    void theVersionOfAClassThatThisJavaUsesIsScanned() {
        Map<String, byte[]> fine = Sources.compile(
                "package com.example; public class Bad implements dev.mortise.api.Plugin { int x = new Part().x; }",
                "package com.example; class Part { int x = 1; }");
        Map<String, byte[]> evil =
                Sources.compile("package com.example; class Part { int x = 1; { System.exit(1); } }");
        Map<String, byte[]> entries = new TreeMap<>(
                Jars.with(fine, "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nMulti-Release: true\n\n"));
        entries.put("META-INF/versions/21/com/example/Part.class", evil.get("com/example/Part.class"));

        assertThat(PluginPackage.of("com.example.Bad", entries).violations(folder))
                .singleElement()
                .satisfies(violation -> assertThat(violation.text("refers_to")).hasValue("java.lang.System.exit"));
    }

    @Test
    void aClassOfTheJdksNameDoesNotHideTheJdks() {
        Map<String, byte[]> classes = new TreeMap<>(
                Sources.compile(
                        "package com.example; public class Bad implements dev.mortise.api.Plugin { Object x = java.util.prefs.Preferences.userRoot(); }"));
        classes.put("java/util/prefs/Preferences.class", classes.get("com/example/Bad.class"));

        assertThat(PluginPackage.of("com.example.Bad", classes).violations(folder))
                .anySatisfy(violation ->
                        assertThat(violation.text("refers_to")).hasValue("java.util.prefs.Preferences.userRoot"));
    }

    @Test
    void onlyTheBytesThatWereScannedNeedNoSecondLook() throws Exception {
        Map<String, byte[]> fine = Sources.compile("package com.example; public class Main { int x = 1; }");
        Map<String, byte[]> evil =
                Sources.compile("package com.example; public class Main { int x = 1; { System.exit(1); } }");
        Jars.write(folder.resolve("plugin.jar"), fine);
        var manifest = Manifests.manifest("demo", "plugin.jar", "com.example.Main");
        ClassGate gate = new PackageScanner()
                .scan(ScanSubject.of(PluginClassPath.read(folder, manifest), manifest))
                .gate();

        gate.admit("com.example.Main", mainOf(fine));

        assertThatThrownBy(() -> gate.admit("com.example.Main", mainOf(evil)))
                .isInstanceOf(NoClassDefFoundError.class)
                .hasMessageContaining("java.lang.System.exit");
        assertThatThrownBy(() -> gate.admit("com.example.Main", new byte[] {1, 2, 3}))
                .isInstanceOf(NoClassDefFoundError.class)
                .hasMessageContaining("makes no sense");
    }

    @Test
    void aJarThatIsSwappedAfterTheScanSmugglesNothingIn() throws Exception {
        PluginPackage plugin = plugin("return com.library.Used.text();");
        PluginInstance instance = plugin.open(folder);
        try (var files = java.nio.file.Files.walk(folder)) {
            for (Path jar : files.filter(file -> file.endsWith("library.jar")).toList()) {
                Jars.write(
                        jar,
                        Sources.compile(
                                "package com.library; public class Used { public static String text() { return \"swapped\"; } }"));
            }
        }

        assertThat(call(instance)).isEqualTo(JsonValue.of("1"));
        instance.release();
    }

    @Test
    void aHookMayUseWhatARoutineHasPrepared() {
        PluginPackage plugin = PluginPackage.of("Careful", Sources.compile("""
                import module java.base; import dev.mortise.api.*;
                public class Careful implements Hook {
                    private final Map<String, String> known = new ConcurrentHashMap<>();
                    @Every("1m") public void refresh() throws Exception {
                        known.put("x", Files.readString(Path.of("x")));
                        Thread.sleep(1);
                    }
                    public Decision execute(HookContext c) {
                        return known.isEmpty() ? Decision.passthrough() : Decision.block(403, "x", "y");
                    }
                }
                """)).permits("read");

        assertThat(plugin.violations(folder)).isEmpty();
    }

    @Test
    void threadsByInheritanceAndTheFinalizersAreThreadsToo() {
        PluginPackage plugin = PluginPackage.of(
                "Bad",
                Sources.compile(
                        "public class Bad implements dev.mortise.api.Plugin { void go() { new Mine().start(); } }",
                        "class Mine extends Thread { }",
                        "class Last { @Deprecated protected void finalize() { } }"));

        assertThat(plugin.violations(folder))
                .extracting(violation -> violation.text("refers_to").orElseThrow())
                .containsExactlyInAnyOrder("Mine.start", "java.lang.Thread.new", "java.lang.Thread", "Last.finalize");
        assertThat(plugin.permits("threads").violations(folder)).isEmpty();
    }

    private static byte[] mainOf(Map<String, byte[]> classes) {
        return Objects.requireNonNull(classes.get("com/example/Main.class"));
    }

    private PluginPackage plugin(String body) {
        Path jar = Jars.write(folder.resolve("compile/library.jar"), LIBRARY);
        return PluginPackage.of(
                        "com.example.Main", Sources.compile(List.of("-parameters"), List.of(jar), """
                                package com.example;
                                public class Main implements dev.mortise.api.Plugin {
                                    @dev.mortise.api.Rpc public String call() throws Exception { %s }
                                }
                                """.formatted(body)))
                .library("library.jar", LIBRARY);
    }

    private static JsonValue call(PluginInstance instance) throws Exception {
        return instance.load().functions().getFirst().handler().call(JsonObject.EMPTY, INFO);
    }
}

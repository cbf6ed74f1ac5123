package dev.mortise.runtime.jvm.loading;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.mortise.api.Plugin;
import dev.mortise.host.model.PluginId;
import dev.mortise.runtime.jvm.fixture.Jars;
import dev.mortise.runtime.jvm.fixture.Loaders;
import dev.mortise.runtime.jvm.fixture.Sources;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginClassLoaderTest {

    private static final Map<String, byte[]> MAIN = Sources.compile("""
            package com.example;
            public class Main implements dev.mortise.api.Plugin, java.util.concurrent.Callable<String> {
                public String call() { return "first"; }
                public static class Lazy implements java.util.concurrent.Callable<String> {
                    public String call() { return "lazy"; }
                }
            }
            """);

    @TempDir
    Path folder;

    @Test
    void takesTheApiFromTheHostAlsoWhenThePluginBringsACopy() throws Exception {
        Map<String, byte[]> entries = new TreeMap<>(MAIN);
        entries.putAll(Sources.compile("package dev.mortise.api; public interface Plugin {}"));

        try (PluginClassLoader loader = Loaders.open(folder, entries)) {
            assertThat(loader.loadClass("dev.mortise.api.Plugin")).isSameAs(Plugin.class);
            assertThat(instance(loader, "com.example.Main")).isInstanceOf(Plugin.class);
        }
    }

    @Test
    void seesNothingElseOfTheHost() {
        try (PluginClassLoader loader = Loaders.open(folder, MAIN)) {
            for (String name : List.of(
                    "dev.mortise.host.Problem",
                    "dev.mortise.runtime.jvm.loading.PluginClassLoader",
                    "dev.mortise.runtime.jvm.polls.PollSwitch",
                    "tools.jackson.databind.ObjectMapper",
                    "org.junit.jupiter.api.Test")) {
                assertThatThrownBy(() -> loader.loadClass(name))
                        .isInstanceOf(ClassNotFoundException.class)
                        .hasMessageContaining(name)
                        .hasMessageContaining(loader.getName())
                        .hasMessageContaining("lib folder");
            }
        }
    }

    @Test
    void seesTheJdk() throws Exception {
        try (PluginClassLoader loader = Loaders.open(folder, MAIN)) {
            assertThat(loader.loadClass("java.sql.Driver")).isSameAs(java.sql.Driver.class);
            assertThat(loader.loadClass("java.net.http.HttpClient").getModule().getName())
                    .isEqualTo("java.net.http");
        }
    }

    @Test
    void offersNullabilityAnnotationsOnlyWhereThePluginHasNone() throws Exception {
        try (PluginClassLoader loader = Loaders.open(folder.resolve("without"), MAIN)) {
            assertThat(loader.loadClass("org.jspecify.annotations.Nullable"))
                    .isSameAs(org.jspecify.annotations.Nullable.class);
        }
        Map<String, byte[]> entries = new TreeMap<>(MAIN);
        entries.putAll(Sources.compile("package org.jspecify.annotations; public @interface Nullable {}"));
        try (PluginClassLoader loader = Loaders.open(folder.resolve("with"), entries)) {
            assertThat(loader.loadClass("org.jspecify.annotations.Nullable").getClassLoader())
                    .isSameAs(loader);
        }
    }

    @Test
    void hidesTheHostsResourcesAndServices() throws Exception {
        String services = "META-INF/services/org.junit.platform.engine.TestEngine";
        assertThat(getClass().getClassLoader().getResource(services)).isNotNull();

        try (PluginClassLoader loader = Loaders.open(folder, MAIN)) {
            assertThat(loader.getResource(services)).isNull();
            assertThat(loader.getResources(services).hasMoreElements()).isFalse();
            assertThat(loader.getResourceAsStream("org/junit/jupiter/api/Test.class"))
                    .isNull();
            assertThat(loader.getResource("dev/mortise/host/Problem.class")).isNull();
        }
    }

    @Test
    void findsItsOwnServicesAndThoseOfTheJdk() throws Exception {
        Map<String, byte[]> entries =
                Jars.with(MAIN, "META-INF/services/java.util.concurrent.Callable", "com.example.Main\n");

        try (PluginClassLoader loader = Loaders.open(folder, entries)) {
            assertThat(ServiceLoader.load(Callable.class, loader)
                            .findFirst()
                            .orElseThrow()
                            .call())
                    .isEqualTo("first");
            assertThat(ServiceLoader.load(java.nio.file.spi.FileSystemProvider.class, loader))
                    .isNotEmpty();
        }
    }

    @Test
    void readsResourcesOfTheJarOfItsLibrariesAndOfAFolder() throws Exception {
        Jars.write(folder.resolve("jars/plugin.jar"), Jars.with(MAIN, "a b/ü#?%.txt", "main"));
        Jars.write(folder.resolve("jars/lib/one.jar"), Jars.with(Map.of(), "a b/ü#?%.txt", "library"));
        try (PluginClassLoader loader = Loaders.open(folder.resolve("jars"), "plugin.jar")) {
            assertThat(read(resource(loader, "a b/ü#?%.txt"))).isEqualTo("main");
            assertThat(Collections.list(loader.getResources("a b/ü#?%.txt")))
                    .extracting(PluginClassLoaderTest::read)
                    .containsExactly("main", "library");
            assertThat(loader.getResource("missing.txt")).isNull();
        }
        Jars.unpack(folder.resolve("folder"), Jars.with(MAIN, "templates/t.txt", "unpacked"));
        Files.writeString(folder.resolve("secret.txt"), "not the plugin's");
        try (PluginClassLoader loader = Loaders.open(folder.resolve("folder"), "")) {
            assertThat(read(resource(loader, "templates/t.txt"))).isEqualTo("unpacked");
            assertThat(((Callable<?>) instance(loader, "com.example.Main")).call())
                    .isEqualTo("first");
            assertThat(loader.getResource("../secret.txt")).isNull();
            assertThat(loader.getResource("/etc/passwd")).isNull();
        }
    }

    @Test
    void resolvesResourceAddressesAgainstEachOther() throws Exception {
        Map<String, byte[]> entries = Jars.with(Jars.with(MAIN, "web/index.html", "page"), "web/style.css", "style");
        try (PluginClassLoader loader = Loaders.open(folder, entries)) {
            URL page = resource(loader, "web/index.html");
            @SuppressWarnings("deprecation") // what libraries do
            URL style = new URL(page, "style.css");
            assertThat(read(style)).isEqualTo("style");
            assertThat(page.openConnection().getContentLength()).isEqualTo(4);
        }
    }

    @Test
    void worksOnWhenItsFilesAreDeletedOrOverwritten() throws Exception {
        Path jar = Jars.write(folder.resolve("jars/plugin.jar"), MAIN);
        Path unpacked = Jars.unpack(folder.resolve("folder"), MAIN);
        try (PluginClassLoader fromJar = Loaders.open(folder.resolve("jars"), "plugin.jar");
                PluginClassLoader fromFolder = Loaders.open(unpacked, "")) {
            Files.write(jar, new byte[(int) Files.size(jar)]);
            Files.delete(unpacked.resolve("com/example/Main$Lazy.class"));

            assertThat(((Callable<?>) instance(fromJar, "com.example.Main$Lazy")).call())
                    .isEqualTo("lazy");
            assertThat(((Callable<?>) instance(fromFolder, "com.example.Main$Lazy")).call())
                    .isEqualTo("lazy");
        }
    }

    @Test
    void holdsNoFileOpen() throws Exception {
        Assumptions.assumeTrue(
                ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean,
                "descriptors can be counted on Unix only");
        UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Map<String, byte[]> entries = Jars.with(MAIN, "a.txt", "text");
        loadAndRead(folder.resolve("warm"), entries);
        long before = system.getOpenFileDescriptorCount();
        for (int i = 0; i < 20; i++) {
            loadAndRead(folder.resolve("round" + i), entries);
        }
        assertThat(system.getOpenFileDescriptorCount()).isLessThanOrEqualTo(before);
    }

    private static void loadAndRead(Path root, Map<String, byte[]> entries) throws Exception {
        PluginClassLoader loader = Loaders.open(root, entries);
        instance(loader, "com.example.Main");
        URL url = resource(loader, "a.txt");
        // Deliberately neither read to the end nor closed.
        assertThat(url.openStream().read()).isEqualTo('t');
        loader.close();
    }

    @Test
    void findsNothingMoreAfterItWasClosed() throws Exception {
        PluginClassLoader loader = Loaders.open(folder, Jars.with(MAIN, "a.txt", "text"));
        Callable<?> main = (Callable<?>) instance(loader, "com.example.Main");
        URL url = resource(loader, "a.txt");

        loader.close();

        assertThat(main.call()).isEqualTo("first");
        assertThatThrownBy(() -> loader.loadClass("com.example.Main$Lazy")).isInstanceOf(ClassNotFoundException.class);
        assertThat(loader.getResource("a.txt")).isNull();
        assertThatThrownBy(url::openStream).isInstanceOf(IOException.class).hasMessageContaining("unloaded");
    }

    @Test
    void usesExportedPackagesOfOtherPluginsAndNoOthers() throws Exception {
        Map<String, byte[]> exporting = Sources.compile(
                "package com.exporter.api; public class Shared { public String text() { return Inner.TEXT; } }",
                "package com.exporter.api; class Inner { static final String TEXT = String.valueOf(\"shared\"); }",
                "package com.exporter.hidden; public class Hidden {}");
        try (PluginClassLoader exporter =
                Loaders.open(folder.resolve("exporter"), Jars.with(exporting, "com/exporter/api/r.txt", "resource"))) {
            ImportedPackages imports = ImportedPackages.of(List.of(
                    new ImportedPackages.Export(new PluginId("exporter"), exporter, List.of("com.exporter.api"))));
            Jars.write(folder.resolve("importer/plugin.jar"), MAIN);
            try (PluginClassLoader importer =
                    Loaders.open(folder.resolve("importer"), "plugin.jar", imports, gap -> {})) {
                assertThat(importer.loadClass("com.exporter.api.Shared"))
                        .isSameAs(exporter.loadClass("com.exporter.api.Shared"));
                assertThat(read(resource(importer, "com/exporter/api/r.txt"))).isEqualTo("resource");
                assertThatThrownBy(() -> importer.loadClass("com.exporter.hidden.Hidden"))
                        .isInstanceOf(ClassNotFoundException.class);
            }
        }
    }

    @Test
    void refusesAPackageThatTwoPluginsExport() {
        try (PluginClassLoader loader = Loaders.open(folder, MAIN)) {
            List<ImportedPackages.Export> exports = List.of(
                    new ImportedPackages.Export(new PluginId("one"), loader, List.of("com.example")),
                    new ImportedPackages.Export(new PluginId("two"), loader, List.of("com.example")));
            assertThatThrownBy(() -> ImportedPackages.of(exports))
                    .hasMessageContaining("one")
                    .hasMessageContaining("two")
                    .hasMessageContaining("com.example");
        }
    }

    @Test
    void namesItselfInStackTracesAndSaysWhereItsCodeIsFrom() throws Exception {
        Map<String, byte[]> failing = Sources.compile("""
                package com.example;
                public class Failing implements java.util.concurrent.Callable<String> {
                    public String call() { throw new IllegalStateException("as asked"); }
                }
                """);
        String manifest = "Manifest-Version: 1.0\nImplementation-Version: 4.2\n\n";
        try (PluginClassLoader loader = Loaders.open(folder, Jars.with(failing, "META-INF/MANIFEST.MF", manifest))) {
            Callable<?> call = (Callable<?>) instance(loader, "com.example.Failing");
            assertThatThrownBy(call::call)
                    .satisfies(error -> assertThat(error.getStackTrace()[0].toString())
                            .startsWith(loader.getName() + "//com.example.Failing.call"));
            assertThat(call.getClass().getPackage().getImplementationVersion()).isEqualTo("4.2");
            assertThat(Path.of(call.getClass()
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI()))
                    .isEqualTo(folder.resolve("plugin.jar"));
        }
    }

    @Test
    void runsTwoVersionsOfALibrarySideBySide() throws Exception {
        Object one = version("1");
        Object two = version("2");
        assertThat(one).hasToString("1");
        assertThat(two).hasToString("2");
    }

    private Object version(String number) throws Exception {
        Path root = folder.resolve("v" + number);
        Jars.write(root.resolve("plugin.jar"), MAIN);
        Jars.write(
                root.resolve("lib/library.jar"),
                Sources.compile("package com.library; public class Library { public String toString() { return \""
                        + number + "\"; } }"));
        return instance(Loaders.open(root, "plugin.jar"), "com.library.Library");
    }

    @Test
    void loadsTheSameClassOnceWhenManyThreadsAskForIt() throws Exception {
        try (PluginClassLoader loader = Loaders.open(folder, MAIN);
                ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Class<?>>> tasks = Collections.nCopies(64, () -> loader.loadClass("com.example.Main$Lazy"));
            for (Future<Class<?>> result : threads.invokeAll(tasks)) {
                assertThat(result.get()).isSameAs(loader.loadClass("com.example.Main$Lazy"));
            }
        }
    }

    @Test
    void doesNotLetAPluginDefineClassesOfTheJdk() {
        Map<String, byte[]> entries = new TreeMap<>(MAIN);
        entries.put("java/lang/Evil.class", MAIN.get("com/example/Main.class"));
        try (PluginClassLoader loader = Loaders.open(folder, entries)) {
            assertThatThrownBy(() -> loader.loadClass("java.lang.Evil")).isInstanceOf(SecurityException.class);
        }
    }

    private static Object instance(ClassLoader loader, String name) throws ReflectiveOperationException {
        return loader.loadClass(name).getConstructor().newInstance();
    }

    private static URL resource(ClassLoader loader, String name) {
        return Optional.ofNullable(loader.getResource(name)).orElseThrow();
    }

    private static String read(URL url) {
        try (InputStream in = url.openStream()) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

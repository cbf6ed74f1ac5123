package dev.mortise.runtime.jvm.loading;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.host.spi.PluginStartException;
import dev.mortise.runtime.jvm.fixture.Jars;
import dev.mortise.runtime.jvm.fixture.Manifests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginClassPathTest {

    private static final String MULTI_RELEASE = "Manifest-Version: 1.0\nMulti-Release: true\n\n";

    @TempDir
    Path root;

    @Test
    void takesTheEntryPointFirstAndThenTheLibrariesByName() throws Exception {
        Jars.write(root.resolve("lib/b.jar"), Jars.with(Map.of(), "x", "b"));
        Jars.write(root.resolve("lib/a.jar"), Jars.with(Map.of(), "x", "a"));
        Jars.write(root.resolve("lib/main.jar"), Jars.with(Map.of(), "x", "main"));
        Files.writeString(root.resolve("lib/notes.txt"), "not a jar");

        PluginClassPath path = PluginClassPath.read(root, Manifests.manifest("demo", "lib/main.jar", null));

        assertThat(path.findAll("x"))
                .extracting(ClassPathElement::label)
                .containsExactly("lib/main.jar", "lib/a.jar", "lib/b.jar");
    }

    @Test
    void saysWhichEntryPointIsMissing() {
        assertThatThrownBy(() -> PluginClassPath.read(root, Manifests.manifest("demo", "plugin.jar", null)))
                .isInstanceOf(PluginStartException.class)
                .hasMessageContaining("demo")
                .hasMessageContaining("plugin.jar")
                .hasMessageContaining("entry_point");
    }

    @Test
    void refusesAnEntryPointOutsideOfThePackage() throws Exception {
        Path outside = Jars.write(root.resolve("outside.jar"), Map.of());
        Path inside = Files.createDirectory(root.resolve("package"));
        assertThat(outside).exists();
        assertThatThrownBy(() -> PluginClassPath.read(inside, Manifests.manifest("demo", "../outside.jar", null)))
                .isInstanceOf(PluginStartException.class);
    }

    @Test
    void saysWhichJarIsDamaged() throws Exception {
        Jars.write(root.resolve("plugin.jar"), Map.of());
        Files.createDirectory(root.resolve("lib"));
        Files.writeString(root.resolve("lib/broken.jar"), "this is no jar");
        assertThatThrownBy(() -> PluginClassPath.read(root, Manifests.manifest("demo", "plugin.jar", null)))
                .isInstanceOf(PluginStartException.class)
                .hasMessageContaining("lib/broken.jar")
                .hasMessageContaining("no directory of entries");
    }

    @Test
    void takesOfAMultiReleaseJarWhatThisJavaIsMeantToUse() throws Exception {
        Map<String, byte[]> entries = new TreeMap<>();
        for (String name :
                new String[] {"x", "META-INF/versions/9/x", "META-INF/versions/21/x", "META-INF/versions/999/x"}) {
            entries.put(name, name.getBytes(UTF_8));
        }
        entries.put("META-INF/versions/11/META-INF/services/y", "never".getBytes(UTF_8));
        entries.put("META-INF/versions/11/only11", "eleven".getBytes(UTF_8));

        JarElement multi = jar(Jars.with(entries, "META-INF/MANIFEST.MF", MULTI_RELEASE));
        assertThat(text(multi, "x")).isEqualTo("META-INF/versions/21/x");
        assertThat(text(multi, "only11")).isEqualTo("eleven");
        assertThat(multi.has("META-INF/services/y")).isFalse();

        assertThat(text(jar(entries), "x")).isEqualTo("x");
    }

    @Test
    void readsStoredEntriesAndJarsWithAScriptInFront() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write("#!/bin/sh\nexec java -jar $0\n".getBytes(UTF_8));
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            byte[] content = "as it is".getBytes(UTF_8);
            CRC32 sum = new CRC32();
            sum.update(content);
            ZipEntry entry = new ZipEntry("stored");
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(content.length);
            entry.setCrc(sum.getValue());
            zip.putNextEntry(entry);
            zip.write(content);
            zip.setComment("a comment at the end");
        }
        assertThat(text(JarElement.of("x.jar", root, out.toByteArray()), "stored"))
                .isEqualTo("as it is");
    }

    @Test
    void readsJarsWithMoreEntriesThanTheOldFormatCounts() throws Exception {
        Map<String, byte[]> entries = new TreeMap<>();
        for (int i = 0; i < 70_000; i++) {
            entries.put("entry" + i, new byte[] {(byte) i});
        }
        JarElement jar = jar(entries);
        assertThat(jar.read("entry69999")).containsExactly((byte) 69999);
    }

    @Test
    void damagedJarsAreRefusedAndNeverRead() throws Exception {
        byte[] intact = Jars.pack(Jars.with(Jars.with(Map.of(), "a", "some text ".repeat(50)), "b", "more"));
        Random random = new Random(42);
        for (int length = 0; length < intact.length; length++) {
            tryToRead(Arrays.copyOf(intact, length));
        }
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = intact.clone();
            for (int i = 0; i <= random.nextInt(3); i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            tryToRead(damaged);
        }
    }

    /** Anything but an IOException, or memory taken on the word of the jar, fails the test. */
    private void tryToRead(byte[] jar) {
        try {
            JarElement element = JarElement.of("x.jar", root, jar);
            element.read("a");
            element.read("b");
        } catch (IOException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    @Test
    void refusesAnEntryThatClaimsASizeItCannotHave() throws Exception {
        byte[] jar = Jars.pack(Jars.with(Map.of(), "a", "small"));
        int directory = new String(jar, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("PK\u0001\u0002");
        jar[directory + 27] = 0x7f;
        assertThatThrownBy(() -> JarElement.of("x.jar", root, jar))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("size");
    }

    private JarElement jar(Map<String, byte[]> entries) throws IOException {
        return JarElement.of("x.jar", root, Jars.pack(entries));
    }

    private static String text(ClassPathElement element, String name) throws IOException {
        byte @Nullable [] content = element.read(name);
        assertThat(content).isNotNull();
        return new String(content, UTF_8);
    }
}

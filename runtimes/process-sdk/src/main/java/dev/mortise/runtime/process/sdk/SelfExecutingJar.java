package dev.mortise.runtime.process.sdk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Makes one executable file of a plugin in Java and its libraries: a few lines of shell, and the jar behind them. A host
 * that checks the file's checksum so checks everything.
 *
 * <p>On the command line: {@code java -cp … dev.mortise.runtime.process.sdk.SelfExecutingJar FILE MAIN_CLASS JAR…}
 */
public final class SelfExecutingJar {

    /**
     * The interpreter replaces itself, so that signals reach the plugin; the flags are those that start quickly. An AOT
     * cache is used if there is one that fits; whatever the JVM has to say about that, it must not say it to the standard
     * output.
     */
    private static final String STUB = """
            #!/bin/sh
            java=${MORTISE_JAVA:-${JAVA_HOME:+$JAVA_HOME/bin/java}}
            aot=
            for cache in "${MORTISE_DATA_DIR:-/nonexistent}/${0##*/}.aot" "$0.aot"; do
                [ -z "$aot" ] && [ -r "$cache" ] && aot=-XX:AOTCache=$cache
            done
            [ -n "${MORTISE_AOT_OUTPUT:-}" ] && aot=-XX:AOTCacheOutput=$MORTISE_AOT_OUTPUT
            exec "${java:-java}" ${aot:+"$aot"} -Xlog:disable -Xlog:all=error:stderr -XX:TieredStopAtLevel=1 \
            ${TMPDIR:+"-Djava.io.tmpdir=$TMPDIR"} -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
            --sun-misc-unsafe-memory-access=allow -jar "$0" "$@"
            """;

    private static final long ENTRY_TIME = 1_767_225_600_000L;

    private SelfExecutingJar() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 3) {
            System.err.println("usage: SelfExecutingJar FILE MAIN_CLASS JAR…");
            System.exit(2);
        }
        write(
                Path.of(arguments[0]),
                arguments[1],
                Stream.of(arguments).skip(2).map(Path::of).toList());
    }

    /**
     * Writes the file.
     *
     * @param classPath jars, and folders of classes; where two hold the same file, the first one wins
     */
    public static void write(Path file, String mainClass, List<Path> classPath) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(STUB.getBytes(StandardCharsets.UTF_8));
            try (JarOutputStream jar = new JarOutputStream(out, manifest(mainClass))) {
                new Merge(jar).all(classPath);
            }
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Manifest manifest(String mainClass) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, mainClass);
        manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
        return manifest;
    }

    /** Puts the entries of several jars into one. */
    private static final class Merge {

        private final JarOutputStream jar;
        private final Set<String> written = new HashSet<>();
        private final Map<String, ByteArrayOutputStream> services = new LinkedHashMap<>();

        Merge(JarOutputStream jar) {
            this.jar = jar;
        }

        void all(List<Path> classPath) throws IOException {
            for (Path element : classPath) {
                if (Files.isDirectory(element)) {
                    folder(element);
                } else {
                    archive(element);
                }
            }
            for (Map.Entry<String, ByteArrayOutputStream> service : services.entrySet()) {
                write(service.getKey(), service.getValue().toByteArray());
            }
        }

        private void folder(Path folder) throws IOException {
            List<Path> files = new ArrayList<>();
            try (Stream<Path> walk = Files.walk(folder)) {
                walk.filter(Files::isRegularFile).sorted().forEach(files::add);
            }
            for (Path file : files) {
                add(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }

        private void archive(Path archive) throws IOException {
            try (ZipFile zip = new ZipFile(archive.toFile())) {
                for (ZipEntry entry :
                        zip.stream().filter(one -> !one.isDirectory()).toList()) {
                    try (InputStream content = zip.getInputStream(entry)) {
                        add(entry.getName(), content.readAllBytes());
                    }
                }
            }
        }

        private void add(String name, byte[] content) throws IOException {
            if (name.startsWith("META-INF/services/")) {
                ByteArrayOutputStream merged = services.computeIfAbsent(name, key -> new ByteArrayOutputStream());
                merged.writeBytes(content);
                merged.write('\n');
            } else if (!isOfOneJarOnly(name) && written.add(name)) {
                write(name, content);
            }
        }

        /** Manifests, signatures, module descriptors and indexes say something about one jar that is not true of all. */
        private static boolean isOfOneJarOnly(String name) {
            return name.equals("META-INF/MANIFEST.MF")
                    || name.equals("META-INF/INDEX.LIST")
                    || name.endsWith("module-info.class")
                    || name.startsWith("META-INF/") && name.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
        }

        private void write(String name, byte[] content) throws IOException {
            ZipEntry entry = new ZipEntry(name);
            entry.setTime(ENTRY_TIME);
            jar.putNextEntry(entry);
            jar.write(content);
            jar.closeEntry();
        }
    }
}

package dev.mortise.runtime.jvm.loading;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * A jar, read into memory as it is: compressed, so that it costs what the file costs. The file can be deleted or
 * overwritten on every system while the plugin runs, and classes that are first needed an hour later are still those
 * of the same jar. The {@code Class-Path} of its manifest is ignored: a package says in its own layout what belongs to
 * it.
 */
final class JarElement implements ClassPathElement {

    private static final String VERSIONS = "META-INF/versions/";
    private static final int FIRST_VERSION = 9;

    private final String label;
    private final Path origin;
    private final Map<String, JarIndex.Entry> entries;
    private final @Nullable Manifest manifest;
    private volatile byte @Nullable [] jar;

    private JarElement(String label, Path origin, byte[] jar, int javaVersion) throws IOException {
        this.label = label;
        this.origin = origin;
        this.jar = jar;
        Map<String, JarIndex.Entry> all = JarIndex.read(jar);
        JarIndex.Entry manifestEntry = all.get("META-INF/MANIFEST.MF");
        this.manifest = manifestEntry == null
                ? null
                : new Manifest(new ByteArrayInputStream(JarIndex.content(jar, manifestEntry)));
        this.entries = isMultiRelease(manifest) ? forVersion(all, javaVersion) : Map.copyOf(all);
    }

    /**
     * Takes the content of a jar.
     *
     * @throws IOException saying what is wrong with it, if it is not a jar
     */
    static JarElement of(String label, Path origin, byte[] jar) throws IOException {
        return new JarElement(label, origin, jar, Runtime.version().feature());
    }

    private static boolean isMultiRelease(@Nullable Manifest manifest) {
        String value = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.MULTI_RELEASE);
        return value != null && value.strip().toLowerCase(Locale.ROOT).equals("true");
    }

    private static Map<String, JarIndex.Entry> forVersion(Map<String, JarIndex.Entry> all, int javaVersion) {
        Map<String, JarIndex.Entry> result = new HashMap<>(all);
        Map<String, Integer> chosen = new HashMap<>();
        all.forEach((path, entry) -> {
            int slash = path.indexOf('/', VERSIONS.length());
            if (!path.startsWith(VERSIONS) || slash < 0) {
                return;
            }
            int version = number(path.substring(VERSIONS.length(), slash));
            String name = path.substring(slash + 1);
            boolean fits = version >= FIRST_VERSION && version <= javaVersion;
            if (fits && !name.startsWith("META-INF/") && version > chosen.getOrDefault(name, 0)) {
                chosen.put(name, version);
                result.put(name, entry);
            }
        });
        return Map.copyOf(result);
    }

    private static int number(String text) {
        return text.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(text) : -1;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public Path origin() {
        return origin;
    }

    @Override
    public Set<String> names() {
        return jar == null ? Set.of() : entries.keySet();
    }

    @Override
    public boolean has(String name) {
        return jar != null && entries.containsKey(name);
    }

    @Override
    public byte @Nullable [] read(String name) throws IOException {
        byte[] content = jar;
        JarIndex.Entry entry = entries.get(name);
        if (content == null || entry == null) {
            return null;
        }
        try {
            return JarIndex.content(content, entry);
        } catch (IOException e) {
            throw new IOException("'" + name + "' in " + label + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public @Nullable Manifest manifest() {
        return manifest;
    }

    @Override
    public void addTo(MessageDigest digest) {
        byte[] content = jar;
        if (content != null) {
            digest.update(content);
        }
    }

    @Override
    public void close() {
        jar = null;
    }
}

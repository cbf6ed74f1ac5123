package dev.mortise.host.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is packed comes out again. */
class PackAndUnpackTest {

    @Property(tries = 40)
    void unpackingGivesBackWhatWasPackedAndPackingThatGivesTheSameArchive(
            @ForAll("trees") SortedMap<String, byte[]> tree) throws IOException {
        Path area = Files.createTempDirectory("mortise-pack");
        try {
            Path folder = Files.createDirectory(area.resolve("plugin"));
            write(folder, tree);
            PackageWriter writer = new PackageWriter(PackageLimits.DEFAULT);
            Path once = area.resolve("once.zip");
            Path again = area.resolve("again.zip");
            Path unpacked = Files.createDirectory(area.resolve("unpacked"));

            writer.write(folder, once).orThrow();
            PackageRoot root = new ArchiveReader(PackageLimits.DEFAULT)
                    .unpack(once, unpacked)
                    .orThrow();
            writer.write(root.folder(), again).orThrow();

            assertThat(Unpacking.tree(root.folder())).isEqualTo(Unpacking.tree(folder));
            assertThat(again).hasSameBinaryContentAs(once);
        } finally {
            FileTree.delete(area);
        }
    }

    /** Segments are spelled so that no two differ in case only, and no file has the name of a folder. */
    @Provide
    Arbitrary<SortedMap<String, byte[]>> trees() {
        Arbitrary<String> segment =
                Arbitraries.of("a", "b-1", "größe", "名前", ".hidden", "with space", "%41", "com.example");
        Arbitrary<String> folder = segment.list().ofMaxSize(4).map(parts -> String.join("/", parts));
        Arbitrary<String> name = folder.flatMap(
                parent -> segment.map(last -> parent.isEmpty() ? last + ".file" : parent + "/" + last + ".file"));
        Arbitrary<byte[]> content = Arbitraries.bytes().array(byte[].class).ofMaxSize(2000);
        return Arbitraries.maps(name, content).ofMaxSize(12).map(PackAndUnpackTest::withManifest);
    }

    private static SortedMap<String, byte[]> withManifest(Map<String, byte[]> files) {
        SortedMap<String, byte[]> tree = new TreeMap<>(files);
        tree.put("manifest.json", new byte[] {'{', '}'});
        return tree;
    }

    private static void write(Path folder, Map<String, byte[]> tree) throws IOException {
        for (Map.Entry<String, byte[]> entry : tree.entrySet()) {
            Path file = folder.resolve(entry.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, entry.getValue());
            if (entry.getKey().contains("-")) {
                assertThat(file.toFile().setExecutable(true)).isTrue();
            }
        }
    }
}

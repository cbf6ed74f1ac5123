package dev.mortise.cli.author;

import dev.mortise.host.json.JsonCodec;
import dev.mortise.host.manifest.ManifestSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files of a new plugin's project. */
final class ProjectTemplate {

    private final String kind;
    private final PluginNames names;
    private final Map<String, String> values;

    private ProjectTemplate(String kind, PluginNames names, Map<String, String> values) {
        this.kind = kind;
        this.names = names;
        this.values = values;
    }

    static ProjectTemplate of(String kind, PluginNames names, AuthorRepository repository) {
        return new ProjectTemplate(
                kind,
                names,
                Map.of(
                        "id", names.id(),
                        "title", names.title(),
                        "package", names.packageName(),
                        "class", names.className(),
                        "function", names.functionName(),
                        "mortiseVersion", repository.version(),
                        "repository", repository.url(),
                        "repositoryId", repository.id()));
    }

    void write(Path folder) throws IOException {
        String sources = names.packageName().replace('.', '/') + "/" + names.className();
        Map<String, String> files = new LinkedHashMap<>();
        files.put("pom.xml", "common/pom.xml");
        files.put(".gitignore", "common/gitignore");
        files.put("README.md", kind + "/README.md");
        files.put("src/main/resources/manifest.json", kind + "/manifest.json");
        files.put("src/main/java/" + sources + ".java", kind + "/Plugin.java");
        files.put("src/test/java/" + sources + "Test.java", kind + "/PluginTest.java");
        for (var file : files.entrySet()) {
            Path target = folder.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.writeString(target, filled(file.getValue()));
        }
        // What the manifest's $schema refers to: editors complete and check by it.
        Files.writeString(folder.resolve("manifest.schema.json"), JsonCodec.STANDARD.pretty(ManifestSchema.load()));
    }

    private String filled(String template) throws IOException {
        try (InputStream stream = resource("template/" + template)) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            for (var value : values.entrySet()) {
                text = text.replace("{{" + value.getKey() + "}}", value.getValue());
            }
            return text;
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream stream = ProjectTemplate.class.getResourceAsStream(name);
        if (stream == null) {
            throw new IOException("the template file " + name + " is missing in this build of Mortise");
        }
        return stream;
    }
}

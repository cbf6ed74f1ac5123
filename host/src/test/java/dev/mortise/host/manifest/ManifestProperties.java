package dev.mortise.host.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Result;
import dev.mortise.host.json.JsonCodec;
import dev.mortise.host.json.JsonSchemaCheck;
import dev.mortise.host.json.JsonSchemas;
import dev.mortise.host.model.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What holds of every manifest. */
class ManifestProperties {

    private static final JsonSchemas SCHEMAS = new JsonSchemas();
    private static final ManifestReader READER = new ManifestReader(SCHEMAS);
    private static final JsonSchemaCheck CHECK =
            SCHEMAS.compile(ManifestSchema.load()).orThrow();

    @Property(tries = 500)
    void whatIsWrittenIsReadAsTheSame(@ForAll("goodManifests") JsonObject json) {
        Manifest manifest = READER.read(json).orThrow();
        JsonObject written = ManifestJson.of(manifest);

        assertThat(READER.read(written)).isEqualTo(Result.ok(manifest));
        assertThat(READER.read(JsonCodec.STANDARD.pretty(written).getBytes(UTF_8), "manifest.json"))
                .isEqualTo(Result.ok(manifest));
        assertThat(READER.read(JsonCodec.STANDARD.bytes(written), "manifest.yaml"))
                .isEqualTo(Result.ok(manifest));
        assertThat(CHECK.violations(written)).isEmpty();
    }

    @Property(tries = 3_000)
    void whatTheReaderAcceptsFitsTheSchema(@ForAll("fields") String field, @ForAll("values") Object value) {
        JsonObject manifest = JsonObject.of("id", "my-plugin").with(field, value);

        if (READER.read(manifest) instanceof Result.Ok) {
            assertThat(CHECK.violations(manifest)).isEmpty();
        }
    }

    /** The forms of text have no meaning beyond their pattern, so here the schema and the reader agree exactly. */
    @Property(tries = 3_000)
    void aTextFitsTheSchemaExactlyIfTheReaderAcceptsIt(
            @ForAll("textFields") String field, @ForAll("texts") String text) {
        JsonObject manifest = with(JsonObject.of("id", "my-plugin"), field, text);

        assertThat(CHECK.violations(manifest).isEmpty()).isEqualTo(READER.read(manifest) instanceof Result.Ok);
    }

    private static JsonObject with(JsonObject manifest, String path, Object value) {
        int slash = path.indexOf('/');
        if (slash < 0) {
            return manifest.with(path, path.equals("exports") ? List.of(value) : value);
        }
        return manifest.with(path.substring(0, slash), Map.of(path.substring(slash + 1), List.of(value)));
    }

    @Provide
    Arbitrary<String> textFields() {
        return Arbitraries.of(
                "id",
                "name",
                "version",
                "description",
                "runtime",
                "entry_point",
                "class_name",
                "webhook_prefix",
                "hook",
                "exports",
                "dependencies/java",
                "dependencies/python",
                "permissions/read",
                "permissions/environment");
    }

    @Provide
    Arbitrary<String> fields() {
        return Arbitraries.of(ManifestFields.KNOWN);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "a",
                        "b1",
                        "Z",
                        "0",
                        "12",
                        "/",
                        ".",
                        "..",
                        "./",
                        ":",
                        "-",
                        "_",
                        "$",
                        "\\",
                        " ",
                        "\n",
                        "\t",
                        "+",
                        "*",
                        "é",
                        "\u2028",
                        "\uD83D\uDE00",
                        "\uD800",
                        "\u0085",
                        "\u007f",
                        "com",
                        "C:",
                        "^",
                        ">=",
                        "||")
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<Object> values() {
        Arbitrary<Object> scalar = Arbitraries.oneOf(
                texts().asGeneric(),
                Arbitraries.integers().between(-2, 70_000).asGeneric(),
                Arbitraries.of(true, false).asGeneric(),
                Arbitraries.of(1.5, 1e20, -3.0).asGeneric(),
                Arbitraries.of("open", "closed", "ingress", "text", "^1.2", "ab", "/x", "1.2.3")
                        .asGeneric());
        Arbitrary<String> key = Arbitraries.oneOf(
                texts(),
                Arbitraries.of(
                        "java",
                        "python",
                        "other",
                        "network",
                        "listen",
                        "read",
                        "threads",
                        "deadline_ms",
                        "concurrency",
                        "on",
                        "priority",
                        "before",
                        "key",
                        "type",
                        "default",
                        "min",
                        "options",
                        "secret"));
        Arbitrary<Object> flat = Arbitraries.oneOf(
                scalar,
                scalar.list().ofMaxSize(3).asGeneric(),
                Arbitraries.maps(key, scalar).ofMaxSize(4).asGeneric());
        return Arbitraries.oneOf(
                flat,
                flat.list().ofMaxSize(3).asGeneric(),
                Arbitraries.maps(key, flat).ofMaxSize(4).asGeneric());
    }

    @Provide
    Arbitrary<JsonObject> goodManifests() {
        Map<String, Arbitrary<?>> fields = new LinkedHashMap<>();
        fields.put("name", line());
        fields.put("version", Arbitraries.of("0.0.1", "1.2.3", "10.0.0-rc.1+b.7"));
        fields.put(
                "description",
                Arbitraries.strings().withChars("ab \n\té\uD83D\uDE00\"\\").ofMaxLength(20));
        fields.put("author", line());
        fields.put("license", Arbitraries.of("MIT", "Apache-2.0"));
        fields.put("runtime", Arbitraries.of("jvm", "wasm", "process", "container", "python"));
        fields.put("entry_point", Arbitraries.of("a.jar", "./a/b.py", "module:Class"));
        fields.put("class_name", Arbitraries.of("A", "a.b.C$D", "a.b:C"));
        fields.put(
                "dependencies",
                maps(
                        Arbitraries.of("java"),
                        Arbitraries.of("a:b:1", "c:d:2").list().uniqueElements()));
        fields.put("requires", maps(id(), Arbitraries.of("^1", "*", ">=1.0 <2 || 3.x")));
        fields.put("exports", Arbitraries.of("a", "a.b", "c.d.e").list().uniqueElements());
        fields.put("permissions", permissions());
        fields.put(
                "limits",
                maps(
                        Arbitraries.of(
                                "deadline_ms", "load_deadline_ms", "drain_deadline_ms", "concurrency", "memory_mb"),
                        Arbitraries.integers().between(1, 100_000)));
        fields.put("hooks", hook().list().ofMaxSize(3));
        fields.put("capabilities", line().list().uniqueElements().ofMaxSize(3));
        fields.put("webhook_prefix", Arbitraries.of("zigbee", "/zigbee"));
        fields.put("services", Arbitraries.of("llm", "a.b.C").list().uniqueElements());
        fields.put("config", maps(Arbitraries.of("free", "x y", "é"), anything()));
        fields.put("config_schema", Arbitraries.of(Map.of("type", "object"), Map.of("title", "x")));
        fields.put(
                "ui_schema",
                uiField()
                        .list()
                        .uniqueElements(field -> String.valueOf(field.get("key")))
                        .ofMaxSize(4));
        fields.put("enabled", Arbitraries.of(true, false));
        return Combinators.combine(id(), subset(fields)).as((id, members) -> {
            JsonObject manifest = ((JsonObject) JsonValue.of(members)).with("id", id);
            boolean requiresItself = manifest.object("requires")
                    .filter(requires -> requires.has(id))
                    .isPresent();
            return requiresItself ? manifest.without("requires") : manifest;
        });
    }

    private static Arbitrary<Map<String, Object>> subset(Map<String, Arbitrary<?>> fields) {
        List<Arbitrary<Map<String, Object>>> each = new ArrayList<>();
        fields.forEach((name, value) -> each.add(Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.just(Map.of())), Tuple.of(2, value.map(present -> Map.of(name, present))))));
        return Combinators.combine(each).as(all -> {
            Map<String, Object> members = new LinkedHashMap<>();
            all.forEach(members::putAll);
            return members;
        });
    }

    private static Arbitrary<String> id() {
        return Arbitraries.strings()
                .withChars("abc09-")
                .ofMinLength(1)
                .ofMaxLength(6)
                .map(tail -> "p" + tail);
    }

    private static Arbitrary<String> line() {
        return Arbitraries.strings()
                .withChars("ab é\u2028\"\\'#:-")
                .ofMaxLength(10)
                .map(text -> text + "x");
    }

    private static <T> Arbitrary<Map<String, T>> maps(Arbitrary<String> keys, Arbitrary<T> values) {
        return Arbitraries.maps(keys, values).ofMaxSize(3);
    }

    private static Arbitrary<Object> anything() {
        return Arbitraries.of(1, 1.5, "x", true, List.of(1, "a", List.of()), Map.of("a", Map.of("b", "c")));
    }

    private static Arbitrary<Map<String, Object>> permissions() {
        Map<String, Arbitrary<?>> fields = new LinkedHashMap<>();
        fields.put(
                "network", Arbitraries.of("*", "a.b:1", "*.c", "[::1]").list().uniqueElements());
        fields.put(
                "listen",
                Arbitraries.integers()
                        .between(0, 65_535)
                        .list()
                        .uniqueElements()
                        .ofMaxSize(3));
        fields.put("read", Arbitraries.of("/a", "b/c", " d").list().uniqueElements());
        fields.put("environment", Arbitraries.of("A", "_B").list().uniqueElements());
        fields.put("run", Arbitraries.of("/bin/sh").list().uniqueElements());
        fields.put("threads", Arbitraries.of(true, false));
        fields.put("native", Arbitraries.of(true, false));
        fields.put("blocking", Arbitraries.of(true, false));
        return subset(fields);
    }

    private static Arbitrary<Map<String, Object>> hook() {
        Map<String, Arbitrary<?>> fields = new LinkedHashMap<>();
        fields.put("class_name", Arbitraries.of("A", "b.C"));
        fields.put("priority", Arbitraries.integers());
        fields.put("timeout_ms", Arbitraries.integers().between(1, 60_000));
        fields.put("fail_policy", Arbitraries.of("open", "closed"));
        fields.put("before", Arbitraries.of("x1", "x2").list().uniqueElements());
        fields.put("after", Arbitraries.of("y1", "y2").list().uniqueElements());
        return subset(fields).map(members -> {
            Map<String, Object> hook = new LinkedHashMap<>(members);
            hook.put("on", "pre_flight");
            return hook;
        });
    }

    private static Arbitrary<Map<String, Object>> uiField() {
        Arbitrary<String> keys = Arbitraries.of("k1", "k2", "k3", "k4");
        Arbitrary<Map<String, Object>> kinds = Arbitraries.of(List.of(
                Map.<String, Object>of("type", "text", "default", "d"),
                Map.<String, Object>of("type", "string", "secret", true),
                Map.<String, Object>of("type", "number", "min", 0.5, "max", 9, "default", 3),
                Map.<String, Object>of("type", "boolean", "label", "L", "description", "D\n"),
                Map.<String, Object>of("type", "select", "options", List.of("a", ""), "default", ""),
                Map.<String, Object>of("type", "textarea", "default", "x\ny"),
                Map.<String, Object>of("type", "array", "default", List.of("a", 1))));
        return Combinators.combine(keys, kinds).as((key, kind) -> {
            Map<String, Object> field = new LinkedHashMap<>(kind);
            field.put("key", key);
            return field;
        });
    }
}

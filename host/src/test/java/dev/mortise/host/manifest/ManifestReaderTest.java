package dev.mortise.host.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.json.JsonCodec;
import dev.mortise.host.json.JsonSchemas;
import dev.mortise.host.model.FailPolicy;
import dev.mortise.host.model.GoPlugin;
import dev.mortise.host.model.HookDeclaration;
import dev.mortise.host.model.IsolationLevel;
import dev.mortise.host.model.Limits;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.model.Permissions;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.model.UiField;
import dev.mortise.host.model.UiField.Widget;
import dev.mortise.host.model.Version;
import dev.mortise.host.model.VersionRange;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestReaderTest {

    private static final JsonSchemas SCHEMAS = new JsonSchemas();
    private final ManifestReader reader = new ManifestReader(SCHEMAS);

    static Stream<String> accepted() {
        return ManifestCorpus.accepted();
    }

    static Stream<ManifestCorpus.Bad> refused() {
        return ManifestCorpus.refused();
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void acceptsEachGoodForm(String manifest) {
        assertThat(reader.read(ManifestCorpus.json(manifest), "manifest.json")).isInstanceOf(Result.Ok.class);
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void whatIsGoodJsonIsTheSameInYaml(String manifest) {
        assertThat(reader.read(ManifestCorpus.json(manifest), "manifest.yaml"))
                .isEqualTo(reader.read(ManifestCorpus.json(manifest), "manifest.json"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesEachBadFormAtItsPlace(ManifestCorpus.Bad bad) {
        Problem problem = problem(reader.read(bad.json(), "manifest.json"));

        assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_MANIFEST);
        assertThat(errors(problem))
                .containsExactly(JsonObject.of("line", bad.line())
                        .with("column", bad.column())
                        .with("field", bad.field())
                        .with("message", bad.message()));
        assertThat(problem.message())
                .startsWith("manifest.json:" + bad.line() + ":" + bad.column() + ": ")
                .endsWith(bad.message());
        assertThat(problem.toString()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesTheSameAtTheSamePlaceInYaml(ManifestCorpus.Bad bad) {
        assertThat(errors(problem(reader.read(bad.json(), "manifest.yml"))))
                .isEqualTo(errors(problem(reader.read(bad.json(), "manifest.json"))));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesTheSameWithoutPlacesIfItIsNoText(ManifestCorpus.Bad bad) {
        if (JsonCodec.STANDARD.parse(bad.json()).orThrow() instanceof JsonObject manifest) {
            Problem problem = problem(reader.read(manifest));

            assertThat(errors(problem))
                    .containsExactly(JsonObject.of("field", bad.field()).with("message", bad.message()));
            assertThat(problem.message()).startsWith("manifest: ");
        }
    }

    @Test
    void theSmallestManifestHasOnlyAnId() {
        assertThat(read("{'id':'my-plugin'}"))
                .isEqualTo(new Manifest(
                        new PluginId("my-plugin"),
                        "my-plugin",
                        new Version("0.0.0"),
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        "jvm",
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        new TreeMap<>(),
                        List.of(),
                        Permissions.NONE,
                        Limits.DEFAULT,
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        JsonObject.EMPTY,
                        Optional.empty(),
                        List.of(),
                        true));
    }

    @Test
    void everyFieldArrives() {
        Manifest manifest = yaml("""
                id: garage-door
                name: Garage door
                version: 1.2.3-rc.1
                description: |
                  Opens.
                  Closes.
                author: Somebody
                license: MIT
                runtime: python
                entry_point: capability.py
                class_name: GarageDoorCapability
                dependencies:
                  python: ["pyserial>=3.5"]
                  java: [org.example:lib:1.0]
                requires:
                  mortise: ">=0.1"
                  sensors: ^2
                exports: [org.example.door]
                permissions:
                  network: [door.local:80]
                  listen: [8080, "443"]
                  read: [/dev/door]
                  write: [/var/door]
                  environment: [DOOR]
                  run: [/bin/true]
                  threads: true
                  reflection: true
                  native: true
                  blocking: true
                limits: {deadline_ms: 1000, load_deadline_ms: 2000, drain_deadline_ms: 3000, concurrency: 4, memory_mb: 64}
                hooks:
                  - on: pre_flight
                  - {on: ingress, class_name: a.B, priority: -1, timeout_ms: 5, fail_policy: closed, before: [x1], after: [y1]}
                capabilities: [tool_call]
                webhook_prefix: /door
                requires_webhooks: true
                services: [notifier]
                config: {speed: 2}
                config_schema: {type: object}
                ui_schema:
                  - {key: speed, type: number, label: Speed, description: How fast, default: 1, min: 0.5, max: 3}
                  - {key: mode, type: select, options: [slow, fast]}
                  - {key: pin, type: string, secret: true}
                enabled: false
                sandbox: {minimum: isolated}
                go_plugin: {cookie_key: DOOR, cookie_value: open, protocol_versions: [4, 5], auto_mtls: false, multiplex: true, plugin: door}
                """);

        assertThat(manifest.goPlugin())
                .contains(new GoPlugin("DOOR", "open", List.of(4, 5), false, true, Optional.of("door")));
        assertThat(manifest.minimumIsolation()).contains(IsolationLevel.ISOLATED);
        assertThat(manifest.id()).hasToString("garage-door");
        assertThat(manifest.name()).isEqualTo("Garage door");
        assertThat(manifest.version()).hasToString("1.2.3-rc.1");
        assertThat(manifest.description()).isEqualTo("Opens.\nCloses.\n");
        assertThat(manifest.author()).contains("Somebody");
        assertThat(manifest.license()).contains("MIT");
        assertThat(manifest.runtime()).isEqualTo("python");
        assertThat(manifest.entryPoint()).contains("capability.py");
        assertThat(manifest.className()).contains("GarageDoorCapability");
        assertThat(manifest.dependencies())
                .isEqualTo(Map.of("python", List.of("pyserial>=3.5"), "java", List.of("org.example:lib:1.0")));
        assertThat(manifest.requires())
                .isEqualTo(Map.of("mortise", new VersionRange(">=0.1"), "sensors", new VersionRange("^2")));
        assertThat(manifest.exports()).containsExactly("org.example.door");
        assertThat(manifest.permissions().lines())
                .containsExactly(
                        "network door.local:80",
                        "listen 443",
                        "listen 8080",
                        "read /dev/door",
                        "write /var/door",
                        "environment DOOR",
                        "run /bin/true",
                        "threads",
                        "reflection",
                        "native",
                        "blocking");
        assertThat(manifest.limits())
                .isEqualTo(new Limits(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        4,
                        OptionalLong.of(64L << 20)));
        assertThat(manifest.hooks())
                .containsExactly(
                        new HookDeclaration(
                                "pre_flight",
                                Optional.empty(),
                                100,
                                Duration.ofMillis(50),
                                Optional.empty(),
                                List.of(),
                                List.of()),
                        new HookDeclaration(
                                "ingress",
                                Optional.of("a.B"),
                                -1,
                                Duration.ofMillis(5),
                                Optional.of(FailPolicy.CLOSED),
                                List.of("x1"),
                                List.of("y1")));
        assertThat(manifest.capabilities()).containsExactly("tool_call");
        assertThat(manifest.webhookPrefix()).contains("door");
        assertThat(manifest.services()).containsExactly("notifier");
        assertThat(manifest.config()).isEqualTo(JsonObject.of("speed", 2));
        assertThat(manifest.configSchema()).contains(JsonObject.of("type", "object"));
        assertThat(manifest.uiSchema())
                .containsExactly(
                        new UiField(
                                "speed",
                                Widget.NUMBER,
                                "Speed",
                                "How fast",
                                Optional.of(JsonNumber.of(1)),
                                Optional.of(new BigDecimal("0.5")),
                                Optional.of(new BigDecimal("3")),
                                List.of(),
                                false),
                        new UiField(
                                "mode",
                                Widget.SELECT,
                                "mode",
                                "",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                List.of("slow", "fast"),
                                false),
                        new UiField(
                                "pin",
                                Widget.TEXT,
                                "pin",
                                "",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                true));
        assertThat(manifest.enabled()).isFalse();
    }

    @Test
    void aHookMayStandOnTheTopLevel() {
        assertThat(read("{'id':'my-plugin','hook':'pre_flight','priority':25,'timeout_ms':10,'fail_policy':'open'}")
                        .hooks())
                .containsExactly(new HookDeclaration(
                        "pre_flight",
                        Optional.empty(),
                        25,
                        Duration.ofMillis(10),
                        Optional.of(FailPolicy.OPEN),
                        List.of(),
                        List.of()));
    }

    @Test
    void olderNamesMeanTheSame() {
        assertThat(read("{'id':'ab','type':'wasm','entrypoint':'a','plugin_class':'B','url_prefix':'/c'}"))
                .isEqualTo(
                        read("{'id':'ab','runtime':'wasm','entry_point':'a','class_name':'B','webhook_prefix':'c'}"));
    }

    @Test
    void aPluginThatRequiresNoWebhooksHasNone() {
        assertThat(read("{'id':'ab','webhook_prefix':'/c','requires_webhooks':false}")
                        .webhookPrefix())
                .isEmpty();
    }

    @Test
    void rangesSelectTheVersionsThatTheySay() {
        Map<String, String> inside = Map.of(
                "^1.2",
                "1.9.9",
                "1.x",
                "1.5.0",
                "1.2.*",
                "1.2.7",
                ">=1.0 <3",
                "2.9.0",
                "1 - 2",
                "2.4.0",
                "<1 || >2",
                "3.0.0");
        Map<String, String> outside = Map.of(
                "^1.2",
                "2.0.0",
                "1.x",
                "2.0.0",
                "1.2.*",
                "1.3.0",
                ">=1.0 <3",
                "3.0.0",
                "1 - 2",
                "3.0.0",
                "<1 || >2",
                "1.0.0");
        inside.forEach((range, version) -> assertThat(required(range).includes(new Version(version)))
                .as(range + " includes " + version)
                .isTrue());
        outside.forEach((range, version) -> assertThat(required(range).includes(new Version(version)))
                .as(range + " excludes " + version)
                .isFalse());
    }

    private VersionRange required(String range) {
        return Objects.requireNonNull(read("{'id':'ab','requires':{'other':'" + range + "'}}")
                .requires()
                .get("other"));
    }

    @Test
    void reportsAllMistakesAtOnceInTheirOrder() {
        Problem problem = problem(reader.read("""
                id: my-plugin
                verison: 1.0.0
                priority: high
                limits:
                  deadline_ms: -1
                  memory: 5
                hooks:
                  - {on: ingress, timeout_ms: 0}
                enabled: yes
                """.getBytes(UTF_8), "manifest.yaml"));

        assertThat(errors(problem))
                .extracting(
                        error -> error.integer("line").orElseThrow(),
                        error -> error.integer("column").orElseThrow(),
                        error -> error.text("field").orElseThrow())
                .containsExactly(
                        tuple(2L, 1L, "/verison"),
                        tuple(3L, 1L, "/priority"),
                        tuple(5L, 16L, "/limits/deadline_ms"),
                        tuple(6L, 3L, "/limits/memory"),
                        tuple(8L, 31L, "/hooks/0/timeout_ms"),
                        tuple(9L, 10L, "/enabled"));
        assertThat(problem.message())
                .isEqualTo(
                        "manifest.yaml:2:1: verison: is not a field of a manifest; did you mean 'version'? (and 5 more errors)");
        assertThat(problem.details().integer("count")).hasValue(6);
        assertThat(problem.plugin()).contains(new PluginId("my-plugin"));
    }

    @Test
    void textThatIsNoJsonIsRefusedWithItsPlace() {
        assertThat(problem(reader.read("{\"id\": \"ab\",\n \"id\": \"cd\"}".getBytes(UTF_8), "manifest.json"))
                        .message())
                .isEqualTo("manifest.json:2:2: this key is there twice in one object");
        assertThat(problem(reader.read("id: a\n\tx: 1".getBytes(UTF_8), "manifest.yaml"))
                        .message())
                .startsWith("manifest.yaml:2:1: this is not YAML: ");
        assertThat(problem(reader.read(new byte[0], "manifest.yaml")).message())
                .isEqualTo("manifest.yaml:1:1: there is nothing here");
        assertThat(problem(reader.read(new byte[ManifestReader.LARGEST_BYTES + 1], "manifest.json"))
                        .message())
                .isEqualTo("manifest.json:1:1: it is larger than 262144 bytes");
    }

    @Test
    void theNameOfTheFileTellsItsFormat() {
        byte[] yaml = "id: ab".getBytes(UTF_8);

        assertThat(reader.read(yaml, "MANIFEST.YAML")).isInstanceOf(Result.Ok.class);
        assertThat(reader.read(yaml, "manifest.yml")).isInstanceOf(Result.Ok.class);
        assertThat(reader.read(yaml, "manifest.json")).isInstanceOf(Result.Refused.class);
        assertThat(problem(reader.read(yaml, "manifest.toml")).message())
                .isEqualTo("manifest.toml: a manifest is a file named manifest.json, manifest.yaml or manifest.yml");
    }

    @Test
    void readsFiles(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("manifest.yaml"), "\uFEFFid: ab\n");

        assertThat(reader.read(file).orThrow().id()).hasToString("ab");
        assertThatThrownBy(() -> reader.read(folder.resolve("manifest.json"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aHundredThousandMistakesAreNoBurden() {
        StringBuilder json = new StringBuilder("{'id':'ab'");
        for (int i = 0; i < 20_000; i++) {
            json.append(",'x").append(i).append("':1");
        }

        Problem problem =
                problem(reader.read(ManifestCorpus.json(json.append('}').toString()), "manifest.json"));

        assertThat(errors(problem)).hasSize(100);
    }

    @Test
    void aLongKeyIsNoBurden() {
        String key = "k".repeat(100_000);
        String json = "{'id':'ab','config':{'" + key + "':[" + "1,".repeat(40_000) + "1]},'ui_schema':5}";

        assertThat(errors(problem(reader.read(ManifestCorpus.json(json), "manifest.json"))))
                .hasSize(1);
        assertThat(problem(reader.read(ManifestCorpus.json("{'" + key + "':1}"), "manifest.json"))
                        .message())
                .hasSizeLessThan(1000);
    }

    static Stream<String> burdens() {
        int much = ManifestReader.LARGEST_BYTES - 100;
        return Stream.of(
                "[".repeat(much),
                "{".repeat(much),
                "- ".repeat(much / 2),
                "? ".repeat(much / 2),
                "a: ".repeat(much / 3),
                "a: " + "x ".repeat(much / 2),
                "a: |\n" + " x\n".repeat(much / 3),
                "a: \"" + "\\n".repeat(much / 2) + "\"",
                "a: [" + "x, ".repeat(much / 3) + "]",
                "{" + "? a : ".repeat(much / 6),
                "#".repeat(much),
                "\n".repeat(much),
                "&a ".repeat(much / 3),
                "!".repeat(much),
                "%".repeat(much),
                "---\n".repeat(much / 4),
                "id: ab\nversion: 1.0.0-" + "0.".repeat(much / 2),
                "id: ab\nentry_point: " + "a/".repeat(much / 2),
                "id: ab\nrequires: {other: '" + "1 ".repeat(much / 2) + "'}",
                "id: ab\npermissions: {network: ['" + "a-".repeat(much / 2) + "']}");
    }

    @ParameterizedTest
    @MethodSource("burdens")
    void noTextWithinTheLimitTakesLong(String text) {
        for (String file : List.of("manifest.yaml", "manifest.json")) {
            Problem problem = assertTimeoutPreemptively(
                    Duration.ofSeconds(30), () -> problem(reader.read(text.getBytes(UTF_8), file)));

            assertThat(problem.message()).hasSizeLessThan(1000);
        }
    }

    private Manifest read(String manifest) {
        return reader.read(ManifestCorpus.json(manifest), "manifest.json").orThrow();
    }

    private Manifest yaml(String manifest) {
        return reader.read(manifest.getBytes(UTF_8), "manifest.yaml").orThrow();
    }

    private static List<JsonObject> errors(Problem problem) {
        return problem.details().array("errors").orElse(JsonArray.EMPTY).values().stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static Problem problem(Result<Manifest> result) {
        return switch (result) {
            case Result.Refused<Manifest>(Problem problem) -> problem;
            case Result.Ok<Manifest>(Manifest manifest) -> throw new AssertionError("was accepted: " + manifest);
        };
    }
}

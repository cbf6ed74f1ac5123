package dev.mortise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Role;
import dev.mortise.server.ServedHost.Reply;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Installing and changing plugins over HTTP, with a real host behind it. */
class PluginsApiTest {

    private static final String INSTALL = "/api/v1/plugins/install";
    private static final String PROBE = "/api/v1/plugins/probe";

    @TempDir
    Path folder;

    private ServedHost served;

    @BeforeEach
    void start() throws IOException {
        served = ServedHost.in(folder);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void aFreshHostHasNoPlugins() {
        assertThat(served.get(Role.VIEWER, "/api/v1/plugins").text()).isEqualTo("{\"plugins\":[]}");
        assertThat(served.get(Role.VIEWER, PROBE).status()).isEqualTo(404);
        assertThat(served.get(Role.VIEWER, PROBE).code()).isEqualTo("plugin_not_found");
    }

    @Test
    void aPluginIsInstalledFromAPathOnTheHost() {
        Reply reply = served.post(Role.ADMIN, INSTALL, source(served.probe("1.0.0")));

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().integer("generation")).hasValue(1);
        assertThat(reply.json().bool("changed")).contains(true);
        assertThat(active()).containsExactly("probe");
    }

    @Test
    void aPluginIsInstalledFromTheCatalogByItsName() throws IOException {
        Files.move(served.probe("1.0.0"), served.catalog.resolve("probe-1.0.0.jar"));
        JsonObject entry = (JsonObject) served.get(Role.VIEWER, "/api/v1/catalog")
                .json()
                .array("packages")
                .orElseThrow()
                .get(0);

        Reply reply = served.post(
                Role.ADMIN,
                INSTALL,
                JsonObject.of("name", entry.text("name").orElseThrow()).toString());

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(active()).containsExactly("probe");
        assertThat(served.post(Role.ADMIN, INSTALL, "{\"name\":\"nothing-like-it\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aPluginIsInstalledFromABundleInTheBody() throws IOException {
        String bundle = Base64.getEncoder().encodeToString(Files.readAllBytes(served.probe("1.0.0")));

        Reply reply = served.post(Role.ADMIN, INSTALL, "{\"bundle_b64\":\"" + bundle + "\",\"enabled\":false}");

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(plugin().text("status")).contains("disabled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/zip", "application/java-archive", "application/octet-stream"})
    void aPluginIsInstalledFromAnArchiveThatIsTheBody(String type) throws Exception {
        Reply reply = served.send(Role.ADMIN, "POST", INSTALL, BodyPublishers.ofFile(served.probe("1.0.0")), type);

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(active()).containsExactly("probe");
    }

    @Test
    void aDigestThatDoesNotMatchStopsAnInstallation() throws Exception {
        Path jar = served.probe("1.0.0");
        String wrong = "sha256:" + "0".repeat(64);

        Reply inJson = served.post(
                Role.ADMIN,
                INSTALL,
                JsonObject.of("source", jar.toString()).with("digest", wrong).toString());
        Reply inQuery = served.send(
                Role.ADMIN, "POST", INSTALL + "?digest=" + wrong, BodyPublishers.ofFile(jar), "application/zip");

        assertThat(List.of(inJson.status(), inQuery.status())).containsOnly(422);
        assertThat(List.of(inJson.code(), inQuery.code())).containsOnly("digest_mismatch");
        assertThat(active()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {}                                                          | 422 | invalid_body
            {"name":"a","source":"/b"}                                  | 422 | invalid_body
            {"source":"relative/path"}                                  | 422 | invalid_body
            {"url":"not a url"}                                         | 422 | invalid_body
            {"url":"file:///etc/passwd"}                                | 422 | invalid_body
            {"bundle_b64":"%%%"}                                        | 422 | invalid_body
            {"name":"a","digest":"sha256:12"}                           | 422 | invalid_body
            {"name":1}                                                  | 422 | invalid_body
            {"nmae":"a"}                                                | 422 | invalid_body
            {"manifest":{"id":"a"}}                                     | 422 | invalid_body
            {"name":"a","config":[]}                                    | 422 | invalid_body
            {"coordinates":"org.example:plugin:1.0"}                    | 422 | runtime_unavailable
            {"url":"http://127.0.0.1/plugin.zip"}                       | 403 | url_refused
            {"manifest":{"url":"https://localhost/plugin.zip"}}         | 403 | url_refused
            {"source":"/nowhere/at/all.jar"}                            | 404 | not_found
            {"bundle_b64":"bm8gemlw"}                                   | 422 | invalid_package
            """)
    void anInstallationThatCannotBeIsRefused(String body, int status, String code) {
        Reply reply = served.post(Role.ADMIN, INSTALL, body);

        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(active()).isEmpty();
    }

    @Test
    void whatAnInstallationWouldDoIsShownWithoutDoingIt() {
        Reply reply = served.post(Role.ADMIN, INSTALL + "?plan=true", source(served.probe("1.0.0")));

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        JsonObject step = (JsonObject) reply.json().array("steps").orElseThrow().get(0);
        assertThat(step.text("action")).contains("start");
        assertThat(step.text("to")).contains("1.0.0");
        assertThat(served.get(Role.VIEWER, "/api/v1/plugins").text()).isEqualTo("{\"plugins\":[]}");
    }

    @Test
    void aPackageIsInspectedWithoutInstallingIt() {
        Reply reply = served.post(Role.ADMIN, "/api/v1/packages/inspect", source(served.probe("1.2.3")));

        assertThat(reply.json().text("id")).contains("probe");
        assertThat(reply.json().text("version")).contains("1.2.3");
        assertThat(reply.json().text("digest").orElseThrow()).startsWith("sha256:");
        assertThat(served.get(Role.VIEWER, "/api/v1/plugins").text()).isEqualTo("{\"plugins\":[]}");
    }

    @Test
    void oneOfTwoDigestsIsNotLeftUnchecked() {
        JsonObject source = JsonObject.of("source", served.probe("1.0.0").toString());
        String right = served.post(Role.ADMIN, "/api/v1/packages/inspect", source.toString())
                .json()
                .text("digest")
                .orElseThrow();
        String body = source.with("digest", right).toString();

        Reply differing = served.post(Role.ADMIN, INSTALL + "?digest=" + "0".repeat(64), body);

        assertThat(differing.status()).isEqualTo(400);
        assertThat(differing.code()).isEqualTo("invalid_request");
        assertThat(active()).isEmpty();
        Reply agreeing = served.post(Role.ADMIN, INSTALL + "?digest=" + right, body);
        assertThat(agreeing.status()).as(agreeing.text()).isEqualTo(200);
    }

    @Test
    void anInspectedPackageMustHaveTheDigestThatIsGiven() {
        String body = JsonObject.of("source", served.probe("1.0.0").toString())
                .with("digest", "0".repeat(64))
                .toString();

        assertThat(served.post(Role.ADMIN, "/api/v1/packages/inspect", body).code())
                .isEqualTo("digest_mismatch");
    }

    @Test
    void aPluginIsAddedDisabledAndInstalledAndUninstalledAsTheBundleApiHasIt() {
        Reply added = served.post(Role.ADMIN, "/api/v1/plugins", source(served.probe("1.0.0")));

        assertThat(added.status()).as(added.text()).isEqualTo(201);
        assertThat(added.header("Location")).isEqualTo(PROBE);
        assertThat(added.json().text("status")).contains("disabled");
        assertThat(installed()).isEmpty();
        assertThat(served.post(Role.OPERATOR, PROBE + "/install", "").status()).isEqualTo(200);
        assertThat(installed()).containsExactly("probe");
        assertThat(served.post(Role.OPERATOR, PROBE + "/uninstall", "").status())
                .isEqualTo(200);
        assertThat(installed()).isEmpty();
        assertThat(active()).isEmpty();
        assertThat(plugin().text("status")).contains("disabled");
    }

    @Test
    void aPluginThatCannotLiveWithTheOthersIsNotAdded() {
        Path needy = PluginJar.make(folder, "needy", "1.0.0", ",\"requires\":{\"absent\":\"^1.0\"}", "");

        Reply reply = served.post(Role.ADMIN, "/api/v1/plugins", source(needy));

        assertThat(reply.status()).as(reply.text()).isEqualTo(409);
        assertThat(reply.code()).isEqualTo("missing_dependency");
        assertThat(reply.text()).contains("needy", "absent");
    }

    @Test
    void aPluginsViewTellsAllAboutIt() {
        install("1.0.0");

        JsonObject plugin = plugin();

        assertThat(plugin.text("name")).contains("probe");
        assertThat(plugin.text("version")).contains("1.0.0");
        assertThat(plugin.text("status")).contains("active");
        assertThat(plugin.text("runtime")).contains("jvm");
        assertThat(plugin.text("license")).contains("Apache-2.0");
        assertThat(plugin.bool("enabled")).contains(true);
        assertThat(plugin.text("digest").orElseThrow()).matches("sha256:[0-9a-f]{64}");
        assertThat(plugin.object("source").orElseThrow().text("kind")).contains("file");
        assertThat(plugin.object("limits").orElseThrow().integer("deadline_ms")).hasValue(2000);
        assertThat(plugin.object("contributions").orElseThrow().toString()).contains("greet", "hang");
        assertThat(plugin.object("guard").orElseThrow().text("breaker")).contains("closed");
        assertThat(plugin.has("error")).isFalse();
    }

    @Test
    void secretsAreMaskedWhereverAConfigurationIsShown() {
        Reply outcome = served.post(Role.ADMIN, INSTALL, secretly());

        for (Reply reply : List.of(
                outcome,
                served.get(Role.ADMIN, "/api/v1/plugins"),
                served.get(Role.ADMIN, PROBE),
                served.get(Role.ADMIN, PROBE + "/config"),
                served.get(Role.ADMIN, "/api/v1/generations"),
                served.get(Role.ADMIN, "/api/v1/audit"))) {
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text()).doesNotContain("hunter2");
        }
        assertThat(plugin().object("config").orElseThrow().has("password")).isTrue();
    }

    @Test
    void aPluginIsConfiguredAndKeepsTheSecretThatIsSentBackMasked() {
        served.post(Role.ADMIN, INSTALL, secretly());
        JsonObject config = served.get(Role.VIEWER, PROBE + "/config")
                .json()
                .object("config")
                .orElseThrow();

        Reply reply = served.put(
                Role.OPERATOR,
                PROBE + "/config",
                config.with("salutation", "Hi").toString());

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(served.post(Role.OPERATOR, "/api/v1/functions/greet", "").text())
                .isEqualTo("{\"message\":\"Hi, world!\"}");
        assertThat(served.post(Role.OPERATOR, "/api/v1/functions/password_length", "")
                        .text())
                .isEqualTo("7");
        Reply refused = served.put(Role.OPERATOR, PROBE + "/config", "{\"salutation\":1}");
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("invalid_config");
        assertThat(refused.json().object("details").orElseThrow().toString()).contains("salutation");
    }

    @Test
    void aPluginIsUpgradedToggledSwappedRolledBackAndRemoved() {
        install("1.0.0");

        assertThat(served.post(Role.ADMIN, PROBE + "/upgrade", source(served.probe("1.1.0")))
                        .status())
                .isEqualTo(200);
        assertThat(plugin().text("version")).contains("1.1.0");
        assertThat(served.post(Role.OPERATOR, "/api/v1/plugins/toggle", "{\"name\":\"probe\",\"enabled\":false}")
                        .status())
                .isEqualTo(200);
        assertThat(plugin().text("status")).contains("disabled");
        assertThat(served.post(Role.OPERATOR, "/api/v1/plugins/rollback", "{\"generation\":1}")
                        .status())
                .isEqualTo(200);
        assertThat(plugin().text("version")).contains("1.0.0");
        assertThat(plugin().text("status")).contains("active");
        Reply unchanged = served.post(Role.OPERATOR, "/api/v1/plugins/hot-swap", "{}");
        assertThat(unchanged.status()).as(unchanged.text()).isEqualTo(200);
        assertThat(served.post(Role.OPERATOR, "/api/v1/plugins/hot-swap", "{\"name\":\"probe\"}")
                        .status())
                .isEqualTo(200);
        assertThat(served.post(Role.OPERATOR, PROBE + "/reload", "").status()).isEqualTo(200);
        assertThat(served.delete(Role.ADMIN, PROBE + "?purge=true&plan=true").status())
                .isEqualTo(200);
        assertThat(active()).containsExactly("probe");
        assertThat(served.delete(Role.ADMIN, PROBE + "?purge=true").status()).isEqualTo(200);
        assertThat(active()).isEmpty();
    }

    @Test
    void changesAnswerInOneWordWhatTheyHaveDone() {
        Path jar = served.probe("1.0.0");

        JsonObject installed = served.post(Role.ADMIN, INSTALL, source(jar)).json();
        assertThat(installed.text("status")).contains("installed");
        assertThat(installed.text("name")).contains("probe");
        JsonObject swapped =
                served.post(Role.OPERATOR, "/api/v1/plugins/hot-swap", "").json();
        assertThat(swapped.text("status")).contains("success");
        assertThat(swapped.text("message")).contains("0 plugins reloaded");
        JsonObject toggled = served.post(
                        Role.OPERATOR, "/api/v1/plugins/toggle", "{\"name\":\"probe\",\"enabled\":false}")
                .json();
        assertThat(toggled.text("name")).contains("probe");
        assertThat(toggled.bool("enabled")).contains(false);
        assertThat(served.post(Role.OPERATOR, "/api/v1/plugins/rollback", "")
                        .json()
                        .text("status"))
                .contains("rolled_back");
        JsonObject uninstalled = served.delete(Role.ADMIN, PROBE).json();
        assertThat(uninstalled.text("status")).contains("uninstalled");
        assertThat(uninstalled.text("name")).contains("probe");
    }

    @Test
    void aPluginIsAddressedByItsDisplayNameToo() {
        Path jar = PluginJar.make(folder, "ab-router", "1.0.0", ",\"name\":\"A/B Model Router\"", "");
        served.post(Role.ADMIN, INSTALL, source(jar));

        for (String name : List.of("A%2FB%20Model%20Router", "ab_router", "ab-router")) {
            assertThat(served.get(Role.VIEWER, "/api/v1/plugins/" + name).json().text("id"))
                    .as(name)
                    .contains("ab-router");
        }
        assertThat(served.post(
                                Role.OPERATOR,
                                "/api/v1/plugins/toggle",
                                "{\"name\":\"A/B Model Router\",\"enabled\":false}")
                        .status())
                .isEqualTo(200);
        assertThat(served.delete(Role.ADMIN, "/api/v1/plugins/A%2FB%20Model%20Router")
                        .status())
                .isEqualTo(200);
        assertThat(active()).isEmpty();
        assertThat(served.get(Role.VIEWER, "/api/v1/plugins").text()).isEqualTo("{\"plugins\":[]}");
    }

    @Test
    void aNameThatSeveralPluginsAreShownByIsRefusedWithTheirIds() {
        for (String id : List.of("first-twin", "second-twin")) {
            served.post(Role.ADMIN, INSTALL, source(PluginJar.make(folder, id, "1.0.0", ",\"name\":\"Twin\"", "")));
        }

        Reply reply = served.get(Role.VIEWER, "/api/v1/plugins/Twin");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.text()).contains("first-twin", "second-twin");
    }

    @ParameterizedTest
    @CsvSource({
        "POST,   /api/v1/plugins/toggle,        '{\"name\":\"gone\",\"enabled\":true}', 404, plugin_not_found",
        "POST,   /api/v1/plugins/toggle,        '{\"name\":\"gone\"}',                  422, invalid_body",
        "POST,   /api/v1/plugins/toggle,        '{\"name\":\"G\",\"enabled\":true}',    404, plugin_not_found",
        "POST,   /api/v1/plugins/toggle,        '{}',                                   422, invalid_body",
        "POST,   /api/v1/plugins/toggle,        '{\"name\":7,\"enabled\":true}',        422, invalid_body",
        "POST,   /api/v1/plugins/toggle,        '{\"name\":\"gone\",\"enabled\":\"banana\"}', 422, invalid_body",
        "POST,   /api/v1/plugins/toggle,        '[]',                                   422, invalid_body",
        "POST,   /api/v1/plugins/toggle,        '{\"name\"',                            400, invalid_json",
        "POST,   /api/v1/plugins/hot-swap,      '{\"name\":\"gone\"}',                  404, plugin_not_found",
        "POST,   /api/v1/plugins/rollback,      '{}',                                   409, no_rollback_target",
        "POST,   /api/v1/plugins/rollback,      '{\"generation\":99}',                  404, generation_not_found",
        "POST,   /api/v1/plugins/rollback,      '{\"generation\":0}',                   422, invalid_body",
        "POST,   /api/v1/plugins/gone/install,  '',                                     404, plugin_not_found",
        "POST,   /api/v1/plugins/gone/reload,   '',                                     404, plugin_not_found",
        "POST,   /api/v1/plugins/gone/release,  '',                                     404, plugin_not_found",
        "PUT,    /api/v1/plugins/gone/config,   '{}',                                   404, plugin_not_found",
        "DELETE, /api/v1/plugins/gone,          '',                                     404, plugin_not_found",
        "GET,    /api/v1/plugins/gone/config,   '',                                     404, plugin_not_found",
        "GET,    /api/v1/plugins/UPPER,         '',                                     404, plugin_not_found",
        "GET,    /api/v1/plugins/x,             '',                                     404, plugin_not_found",
        "GET,    /api/v1/plugins/..%2F..%2Fetc, '',                                     404, plugin_not_found",
        "GET,    /api/v1/generations/99,        '',                                     404, generation_not_found",
        "GET,    /api/v1/generations/first,     '',                                     400, invalid_request",
        "GET,    /api/v1/generations/-1,        '',                                     400, invalid_request",
    })
    void whatIsNotThereOrMakesNoSenseIsRefused(String method, String path, String body, int status, String code) {
        Reply reply = served.send(
                Role.ADMIN, method, path, BodyPublishers.ofString(body, StandardCharsets.UTF_8), "application/json");

        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
    }

    @Test
    void historyTellsWhoChangedWhatAndAuditWhoWasRefused() {
        install("1.0.0");
        served.post(Role.OPERATOR, PROBE + "/uninstall", "");
        served.delete(Role.OPERATOR, PROBE);

        JsonObject history = served.get(Role.VIEWER, "/api/v1/generations").json();
        JsonObject latest =
                (JsonObject) history.array("generations").orElseThrow().get(0);
        assertThat(history.integer("current")).hasValue(2);
        assertThat(latest.text("actor")).contains("the-operator");
        assertThat(latest.text("via")).contains("http");
        assertThat(latest.object("cause").orElseThrow().text("action")).contains("disable");
        assertThat(latest.bool("live")).contains(true);
        assertThat(served.get(Role.VIEWER, "/api/v1/generations/2").json()).isEqualTo(latest);
        JsonObject refusal = (JsonObject) served.get(Role.ADMIN, "/api/v1/audit?limit=1")
                .json()
                .array("entries")
                .orElseThrow()
                .get(0);
        assertThat(refusal.text("actor")).contains("the-operator");
        assertThat(refusal.text("action")).contains("uninstall");
        assertThat(refusal.text("subject")).contains("probe");
        assertThat(refusal.text("outcome")).contains("permission_denied");
        long number = refusal.integer("number").orElseThrow();
        assertThat(served.get(Role.ADMIN, "/api/v1/audit?before=" + number).text())
                .doesNotContain("permission_denied");
    }

    private Reply install(String version) {
        Reply reply = served.post(Role.ADMIN, INSTALL, source(served.probe(version)));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply;
    }

    /** An installation with a secret among the operator's values. */
    private String secretly() {
        return JsonObject.of("source", served.probe("1.0.0").toString())
                .with("config", JsonObject.of("password", "hunter2"))
                .toString();
    }

    private JsonObject plugin() {
        return served.get(Role.VIEWER, PROBE).json();
    }

    private List<String> active() {
        return ids("/api/v1/plugins", "active");
    }

    private List<String> installed() {
        return ids("/api/v1/plugins/installed", "active");
    }

    private List<String> ids(String path, String status) {
        return served.get(Role.VIEWER, path).json().array("plugins").orElseThrow().values().stream()
                .map(JsonObject.class::cast)
                .filter(plugin -> plugin.text("status").orElseThrow().equals(status))
                .map(plugin -> plugin.text("id").orElseThrow())
                .toList();
    }

    private static String source(Path path) {
        return JsonObject.of("source", path.toString()).toString();
    }
}

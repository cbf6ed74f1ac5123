package dev.mortise.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.CallInfo;
import dev.mortise.api.FunctionException;
import dev.mortise.api.Health;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.json.JsonCodec;
import dev.mortise.host.model.Digest;
import dev.mortise.host.model.IsolationLevel;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.spi.Contributions;
import dev.mortise.host.spi.InstanceRequest;
import dev.mortise.host.spi.Isolation;
import dev.mortise.host.spi.PluginInstance;
import dev.mortise.host.spi.PluginRuntime;
import dev.mortise.host.spi.PluginStartException;
import dev.mortise.runtime.process.contain.SandboxContainment;
import dev.mortise.runtime.process.fixture.GoPeers;
import dev.mortise.runtime.process.fixture.Manifests;
import dev.mortise.runtime.process.fixture.RecordedServices;
import dev.mortise.runtime.process.supervise.PluginDownException;
import dev.mortise.runtime.process.supervise.RestartPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessRuntimeTest {

    private static final RestartPolicy QUICK = new RestartPolicy(
            Duration.ofMillis(10),
            Duration.ofMillis(50),
            5,
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1));

    @TempDir
    Path folder;

    private final List<PluginInstance> instances = new ArrayList<>();
    private Path base = Path.of("");
    private Path root = Path.of("");
    private ProcessRuntime runtime = new ProcessRuntime();
    private RecordedServices services = new RecordedServices(Path.of("unused"));

    @BeforeEach
    void startRuntime() throws Exception {
        base = Files.createTempDirectory("mrt").resolve("run");
        root = Files.createDirectory(folder.resolve("package"));
        services = new RecordedServices(Files.createDirectory(folder.resolve("data")));
        runtime = new ProcessRuntime(new SandboxContainment(), QUICK, base);
    }

    @AfterEach
    void stopRuntime() throws Exception {
        instances.forEach(PluginInstance::release);
        runtime.close();
        assertThat(base.toFile().exists() ? Files.list(base).toList() : List.of())
                .isEmpty();
    }

    private PluginInstance open(String command, String... fields) throws Exception {
        Files.copy(GoPeers.executable(command), root.resolve(command));
        return open(Manifests.manifest(command, fields));
    }

    private PluginInstance open(Manifest manifest) throws PluginStartException {
        PluginInstance instance = runtime.open(new InstanceRequest(
                1, manifest, new Digest("0".repeat(64)), root, JsonObject.EMPTY, services, new TreeMap<>(), List.of()));
        instances.add(instance);
        return instance;
    }

    private static JsonValue call(Contributions offered, String function, String params) throws Exception {
        CallInfo info = new CallInfo("tester", "trace", Instant.now().plusSeconds(30));
        return function(offered, function)
                .handler()
                .call(JsonCodec.STANDARD.parseObject(params.replace('\'', '"')).orThrow(), info);
    }

    private static Contributions.Function function(Contributions offered, String name) {
        return offered.functions().stream()
                .filter(function -> function.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static JsonValue json(String text) {
        return JsonCodec.STANDARD.parse(text.replace('\'', '"')).orThrow();
    }

    @Test
    void isFoundAsAService() {
        assertThat(ServiceLoader.load(PluginRuntime.class))
                .filteredOn(found -> found.name().equals("process"))
                .hasSize(1);
    }

    @Test
    void unaryMethodsOfAGoPluginAreFunctions() throws Exception {
        PluginInstance instance = open("kv");

        Contributions offered = instance.load();

        assertThat(offered.functions()).extracting(Contributions.Function::name).containsExactly("kv_put", "kv_get");
        assertThat(function(offered, "kv_put").description()).isEqualTo("Calls mortise.interop.v1.Kv.Put");
        assertThat(function(offered, "kv_put").params())
                .isEqualTo(json("{'type':'object','properties':{'key':{'type':'string'},'value':{'type':'string'}},"
                        + "'additionalProperties':false}"));
        assertThat(call(offered, "kv_put", "{'key':'a','value':'b'}")).isEqualTo(json("{}"));
        assertThat(call(offered, "kv_get", "{'key':'a'}")).isEqualTo(json("{'value':'b'}"));
        assertThat(instance.health()).isEqualTo(Health.healthy());
    }

    @Test
    void streamsAreNoFunctions() throws Exception {
        assertThat(open("streaming").load().functions()).isEmpty();
    }

    @Test
    void anExpectedFailureOfAMethodHasItsStatusAsCode() throws Exception {
        Contributions offered = open("kv").load();

        assertThatThrownBy(() -> call(offered, "kv_get", "{'key':'missing'}"))
                .isInstanceOfSatisfying(FunctionException.class, e -> {
                    assertThat(e.code()).isEqualTo("not_found");
                    assertThat(e).hasMessage("there is no key \"missing\"");
                });
        assertThatThrownBy(() -> call(offered, "kv_get", "{'wrong':1}"))
                .isInstanceOfSatisfying(
                        FunctionException.class, e -> assertThat(e.code()).isEqualTo("invalid_params"));
    }

    @Test
    void seesOnlyTheEnvironmentThatItWasGranted() throws Exception {
        Contributions offered = open("zoo", "'permissions':{'environment':['USER_DEFINED_BY_NOBODY']}")
                .load();

        JsonObject variables = ((JsonObject) call(offered, "behaviour_environment", "{}"))
                .object("variables")
                .orElseThrow();

        assertThat(variables.members().keySet())
                .contains(
                        "PATH",
                        "HOME",
                        "TMPDIR",
                        "MORTISE_PLUGIN",
                        "MORTISE_PLUGIN_ID",
                        "MORTISE_PACKAGE_DIR",
                        "MORTISE_DATA_DIR",
                        "PLUGIN_CLIENT_CERT")
                .doesNotContain("USER", "JAVA_HOME", "MAVEN_OPTS", "USER_DEFINED_BY_NOBODY");
    }

    @Test
    void aPluginThatGoesDownIsRestartedAndServesAgain() throws Exception {
        Contributions offered = open("zoo").load();

        assertThatThrownBy(() -> call(offered, "behaviour_panic", "{}"))
                .isInstanceOf(PluginDownException.class)
                .hasMessageContaining("went down during the call")
                .hasMessageContaining("UNAVAILABLE");
        services.log().await(line -> line.startsWith("ERROR panic: as it was asked to"));
        services.log().await(line -> line.contains("went down") && line.contains("status 2"));

        assertThat(awaitCall(offered, "kv_put", "{'key':'a','value':'b'}")).isEqualTo(json("{}"));
    }

    /** Until the plugin is up again, calls are refused at once, with a reason. */
    private static JsonValue awaitCall(Contributions offered, String function, String params) throws Exception {
        Instant deadline = Instant.now().plusSeconds(60);
        while (true) {
            try {
                return call(offered, function, params);
            } catch (PluginDownException e) {
                assertThat(e).hasMessageContaining("tested");
                assertThat(Instant.now()).isBefore(deadline);
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void theDeadlineOfACallReachesThePlugin() throws Exception {
        Contributions offered = open("zoo").load();
        CallInfo soon = new CallInfo("tester", "trace", Instant.now().plusMillis(200));

        assertThatThrownBy(() -> function(offered, "behaviour_hang").handler().call(JsonObject.EMPTY, soon))
                .hasMessageContaining("DEADLINE_EXCEEDED");
    }

    @Test
    void stopsWithoutLeftovers() throws Exception {
        PluginInstance instance = open("kv");
        instance.load();

        instance.unload();

        assertThat(instance.release()).isEmpty();
        assertThat(instance.isCollected()).isTrue();
        assertThat(instance.remains()).isEmpty();
    }

    @Test
    void refusesAPackageThatWasChangedAfterItWasInstalled() throws Exception {
        open("kv").load();
        Files.writeString(root.resolve("library.txt"), "not what was installed");
        PluginInstance next = open(Manifests.manifest("kv"));

        assertThatThrownBy(next::load)
                .isInstanceOf(PluginStartException.class)
                .hasMessageContaining("tested")
                .hasMessageContaining("library.txt has been added")
                .hasMessageContaining("Install it again");
    }

    @Test
    void saysWhatIsWrongWithAnEntryPoint() throws Exception {
        Files.writeString(root.resolve("data.txt"), "text");

        assertThatThrownBy(() -> open(Manifests.manifest("missing")))
                .isInstanceOf(PluginStartException.class)
                .hasMessage("its entry_point missing is not a file of the package");
        assertThatThrownBy(() -> open(Manifests.manifest("data.txt")))
                .isInstanceOf(PluginStartException.class)
                .hasMessageContaining("is not executable");
    }

    @Test
    void startsWhereItMayWriteToAFolderThatItsOwnPackageLiesIn() throws Exception {
        Path shared = Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
        PluginInstance instance = open("kv", "'permissions':{'write':['" + shared + "']}");

        Isolation isolation = instance.isolation().orElseThrow();
        if (isolation.mechanism().equals("kernel") && isolation.level().reaches(IsolationLevel.ISOLATED)) {
            assertThat(instance.load().functions()).hasSize(2);
        } else {
            assertThatThrownBy(instance::load)
                    .isInstanceOf(PluginStartException.class)
                    .hasMessageContaining("permission 'write " + shared + "' includes " + root.toRealPath())
                    .hasMessageContaining("Grant a folder that holds nothing of the host's");
        }
    }

    @Test
    void saysWhatTheSandboxHasToDoWithAProgramThatDoesNotRun() throws Exception {
        Path script = Files.writeString(root.resolve("script"), "#!/no/such/interpreter\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThatThrownBy(() -> open(Manifests.manifest("script")).load())
                .isInstanceOf(PluginStartException.class)
                .hasMessageContaining("plugin exited before we could connect, with status 127. The sandbox (")
                .hasMessageContaining(") could not run " + script.toRealPath()
                        + ": /no/such/interpreter, which runs it, does not exist on this machine");
    }

    @Test
    void saysWhichHookIsMissing() throws Exception {
        assertThatThrownBy(() -> open("kv", "'hook':'pre_flight'").load())
                .isInstanceOf(PluginStartException.class)
                .hasMessageContaining("declares the hook ''")
                .hasMessageContaining("offers none");
    }

    @Test
    void aPluginOfAnotherHostIsSpokenToAsItsManifestSays() throws Exception {
        PluginInstance refused = open("kv", "'go_plugin':{'cookie_key':'OTHER','cookie_value':'x'}");

        assertThatThrownBy(refused::load)
                .isInstanceOf(PluginStartException.class)
                .hasMessageContaining("plugin exited before we could connect")
                .hasMessageContaining("OTHER");
        assertThat(open(Manifests.manifest("kv", "'go_plugin':{'auto_mtls':false}"))
                        .load()
                        .functions())
                .hasSize(2);
    }

    @Test
    void aPluginMultipliesItsConnectionsIfItsManifestSaysSo() throws Exception {
        Contributions offered = open("zoo", "'go_plugin':{'multiplex':true}").load();

        assertThat(call(offered, "behaviour_environment", "{}").toString())
                .contains("\"PLUGIN_MULTIPLEX_GRPC\":\"true\"");
        assertThat(call(offered, "kv_put", "{'key':'a','value':'b'}")).isEqualTo(json("{}"));
        assertThat(call(offered, "kv_get", "{'key':'a'}")).isEqualTo(json("{'value':'b'}"));
    }
}

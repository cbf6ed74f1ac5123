package dev.mortise.host.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Generations.GenerationView;
import dev.mortise.host.HostEvent;
import dev.mortise.host.Plan;
import dev.mortise.host.PluginView;
import dev.mortise.host.PluginView.CallStatisticsView;
import dev.mortise.host.PluginView.ContributionsView;
import dev.mortise.host.PluginView.Failure;
import dev.mortise.host.PluginView.GuardView;
import dev.mortise.host.PluginView.HookView;
import dev.mortise.host.PluginView.RetiredView;
import dev.mortise.host.PluginView.ServiceOffer;
import dev.mortise.host.Traces.Trace;
import dev.mortise.host.model.Cause;
import dev.mortise.host.model.Digest;
import dev.mortise.host.model.FailPolicy;
import dev.mortise.host.model.GenerationRecord;
import dev.mortise.host.model.IsolationLevel;
import dev.mortise.host.model.Placement;
import dev.mortise.host.model.PluginEntry;
import dev.mortise.host.model.PluginEntry.SourceRecord;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.model.Version;
import dev.mortise.host.spi.Isolation;
import dev.mortise.host.spi.Leftover;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonViewsTest {

    private static final PluginId DEMO = new PluginId("demo");
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.006Z");
    private static final PluginEntry ENTRY = new PluginEntry(
            DEMO,
            new Version("1.0.0"),
            new Digest("0".repeat(64)),
            true,
            JsonObject.of("password", "hunter2"),
            new SourceRecord("file", "/plugins/demo.jar"),
            new TreeMap<>(Map.of(
                    "ingress",
                    new Placement(OptionalInt.of(5), Optional.of(FailPolicy.OPEN)),
                    "service:store",
                    new Placement(OptionalInt.of(-1), Optional.empty()))));
    private static final HookView HOOK = new HookView(
            "ingress",
            "Demo",
            5,
            "operator",
            Optional.of(FailPolicy.OPEN),
            "operator",
            Duration.ofMillis(50),
            List.of(),
            List.of("other"),
            2,
            1);

    @Test
    void aPluginIsOneFlatObjectWithoutWhatIsAbsent() {
        PluginView view = new PluginView(
                DEMO,
                "1.0.0",
                PluginView.Status.QUARANTINED,
                Optional.empty(),
                Optional.of(ENTRY),
                JsonObject.of("password", "***"),
                ContributionsView.NONE,
                List.of(HOOK),
                List.of(new ServiceOffer("store", 100, "default", true)),
                Optional.of(new GuardView("open", Optional.of(AT), 1, 2)),
                Optional.of(new Isolation(
                        IsolationLevel.CONFINED,
                        "kernel",
                        List.of(new Isolation.Layer("files", IsolationLevel.CONFINED, true, "Landlock ABI 7")))),
                List.of(new CallStatisticsView("function", "ping", 3, 1, 0, 0, 1.6, 1.5, 2, 2, 2, 2)),
                Optional.of(new Failure("plugin_fault", "again", AT)),
                List.of(new RetiredView(7, "0.9.0", "leaked", List.of(new Leftover("thread", "worker", false)))));

        JsonObject json = JsonViews.plugin(view);

        assertThat(json)
                .hasToString("{\"id\":\"demo\",\"name\":\"demo\",\"version\":\"1.0.0\",\"status\":\"quarantined\","
                        + "\"digest\":\"sha256:" + "0".repeat(64) + "\",\"enabled\":true,"
                        + "\"source\":{\"kind\":\"file\",\"location\":\"/plugins/demo.jar\"},"
                        + "\"placements\":{\"ingress\":{\"priority\":5,\"fail_policy\":\"open\"},"
                        + "\"service:store\":{\"priority\":-1}},"
                        + "\"hook\":\"ingress\",\"priority\":5,\"timeout_ms\":50,\"fail_policy\":\"open\","
                        + "\"hooks\":[{\"on\":\"ingress\",\"class_name\":\"Demo\",\"priority\":5,"
                        + "\"priority_source\":\"operator\",\"fail_policy\":\"open\","
                        + "\"fail_policy_source\":\"operator\",\"timeout_ms\":50,\"before\":[],\"after\":[\"other\"],"
                        + "\"blocks\":2,\"bypassed\":1}],"
                        + "\"services\":[{\"contract\":\"store\",\"priority\":100,\"priority_source\":\"default\","
                        + "\"preferred\":true}],"
                        + "\"config\":{\"password\":\"***\"},\"contributions\":{\"functions\":[],\"events\":[],"
                        + "\"listeners\":[],\"routines\":[],\"hooks\":[],\"webhooks\":[]},"
                        + "\"guard\":{\"breaker\":\"open\",\"retry_at\":\"2026-01-02T03:04:05.006Z\",\"in_flight\":1,"
                        + "\"abandoned\":2},"
                        + "\"isolation\":{\"level\":\"confined\",\"mechanism\":\"kernel\",\"layers\":[{\"name\":\"files\","
                        + "\"in_force\":true,\"detail\":\"Landlock ABI 7\"}]},"
                        + "\"stats\":[{\"kind\":\"function\",\"contribution\":\"ping\",\"calls\":3,\"failures\":1,\"timeouts\":0,\"refused\":0,"
                        + "\"mean\":1.6,\"p50\":1.5,\"p90\":2.0,\"p95\":2.0,\"p99\":2.0,\"max\":2.0}],"
                        + "\"error\":{\"code\":\"plugin_fault\",\"message\":\"again\","
                        + "\"at\":\"2026-01-02T03:04:05.006Z\"},"
                        + "\"retired\":[{\"instance\":7,\"version\":\"0.9.0\",\"state\":\"leaked\","
                        + "\"leftovers\":[{\"kind\":\"thread\",\"what\":\"worker\",\"cleaned\":false}]}]}");
    }

    @Test
    void aPluginThatIsNotInstalledHasLittleToTell() {
        PluginView view = new PluginView(
                DEMO,
                "1.0.0",
                PluginView.Status.NOT_INSTALLED,
                Optional.empty(),
                Optional.empty(),
                JsonObject.EMPTY,
                ContributionsView.NONE,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of());

        assertThat(JsonViews.plugin(view).members().keySet())
                .containsExactly(
                        "id",
                        "name",
                        "version",
                        "status",
                        "hooks",
                        "services",
                        "config",
                        "contributions",
                        "stats",
                        "retired");
    }

    @Test
    void aGenerationTellsWhatWasInstalledAndKeepsItsConfigurationToItself() {
        TreeMap<PluginId, PluginEntry> plugins = new TreeMap<>();
        plugins.put(DEMO, ENTRY);
        GenerationRecord record =
                new GenerationRecord(3, AT, "ada", "http", new Cause("install", "demo", "1.0.0"), plugins);

        JsonObject json = JsonViews.generation(new GenerationView(record, true, List.of("demo 1.0.0")));

        assertThat(json.integer("number")).hasValue(3);
        assertThat(json.object("cause").orElseThrow().text("action")).contains("install");
        assertThat(json.array("plugins").orElseThrow().size()).isEqualTo(1);
        assertThat(json.toString()).doesNotContain("hunter2").contains("\"live\":true", "demo 1.0.0");
    }

    @Test
    void aPlansStepsLeaveOutTheVersionsThatThereAreNot() {
        Plan plan = new Plan(
                1,
                new Cause("install", "demo", ""),
                List.of(new Plan.Step(
                        Plan.Action.START,
                        DEMO,
                        Optional.empty(),
                        Optional.of(new Version("1.0.0")),
                        Optional.empty(),
                        "new")),
                List.of(new Plan.PermissionChange(DEMO, List.of("threads"), List.of())),
                List.of(new Plan.RingOrder("ingress", List.of(new Plan.RingPlace(DEMO, "Demo", 25, "priority 25")))),
                List.of(new Plan.WebhookChange(DEMO, "zigbee", true)));

        assertThat(JsonViews.plan(plan))
                .hasToString("{\"base\":1,\"cause\":{\"action\":\"install\",\"subject\":\"demo\",\"detail\":\"\"},"
                        + "\"steps\":[{\"action\":\"start\",\"plugin\":\"demo\",\"to\":\"1.0.0\",\"reason\":\"new\"}],"
                        + "\"permissions\":[{\"plugin\":\"demo\",\"added\":[\"threads\"],\"removed\":[]}],"
                        + "\"rings\":[{\"ring\":\"ingress\",\"hooks\":[{\"plugin\":\"demo\",\"class_name\":\"Demo\","
                        + "\"priority\":25,\"why\":\"priority 25\"}]}],"
                        + "\"webhooks\":[{\"plugin\":\"demo\",\"prefix\":\"zigbee\",\"opens\":true}]}");
    }

    @Test
    void anEventsKindIsInLowerCaseAndItsDataAsItWas() {
        HostEvent event = new HostEvent(9, AT, HostEvent.Kind.LIFECYCLE, "started", "mortise", JsonObject.of("a", 1));

        assertThat(JsonViews.event(event))
                .hasToString("{\"sequence\":9,\"at\":\"2026-01-02T03:04:05.006Z\",\"kind\":\"lifecycle\","
                        + "\"name\":\"started\",\"source\":\"mortise\",\"data\":{\"a\":1}}");
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0", "PT10S, 10000", "PT0.000001S, 0.001", "PT0.0125S, 12.5", "PT24H, 86400000"})
    void durationsAreMillisecondsAndSaySo(Duration duration, String millis) {
        Trace trace = new Trace("0", AT, "demo", "ping", 1, "ada", duration, "ok", "");

        assertThat(JsonViews.trace(trace).toString()).contains("\"duration_ms\":" + millis + ",");
    }
}

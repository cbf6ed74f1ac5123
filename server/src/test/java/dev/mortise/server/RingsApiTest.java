package dev.mortise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.RingOutcome;
import dev.mortise.host.Role;
import dev.mortise.server.ServedHost.Reply;
import dev.mortise.server.contract.Dictionary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rings and services over HTTP: what there is, where plugins stand in them, and what requests met. */
class RingsApiTest {

    private static final String EARLY = "/api/v1/plugins/early/placements/ingress";

    @TempDir
    Path folder;

    private ServedHost served;

    @BeforeEach
    void start() throws IOException {
        served = ServedHost.in(folder)
                .withHook(
                        "early",
                        ",\"hook\":\"ingress\",\"priority\":10,\"timeout_ms\":5000",
                        "return Decision.passthrough();")
                .withHook(
                        "later",
                        ",\"hooks\":[{\"on\":\"ingress\",\"priority\":20,\"fail_policy\":\"open\",\"timeout_ms\":5000,"
                                + "\"before\":[\"gone\"]}]",
                        "if (c.body().has(\"block\")) return Decision.block(429, \"enough\", \"\");"
                                + " throw new IllegalStateException(\"down\");");
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void ringsAreListedWithTheirHooksInOrderAndWhy() {
        served.pass("ingress");

        List<JsonObject> rings =
                objects(served.get(Role.VIEWER, "/api/v1/rings").json(), "rings");

        assertThat(rings)
                .extracting(ring -> ring.text("ring").orElseThrow())
                .containsExactly("ingress", "pre_flight", "post_flight");
        JsonObject ingress = rings.getFirst();
        assertThat(ingress)
                .isEqualTo(served.get(Role.VIEWER, "/api/v1/rings/ingress").json());
        assertThat(ingress.text("fail_policy")).contains("closed");
        assertThat(ingress.integer("runs")).hasValue(1);
        assertThat(order("ingress")).containsExactly("early", "later");
        JsonObject later = objects(ingress, "hooks").getLast();
        assertThat(later.text("why")).contains("priority 20");
        assertThat(later.text("fail_policy")).contains("open");
        assertThat(later.text("fail_policy_source")).contains("manifest");
        assertThat(later.integer("timeout_ms")).hasValue(5000);
        assertThat(later.integer("calls")).hasValue(1);
        assertThat(later.integer("failures")).hasValue(1);
        assertThat(later.integer("bypassed")).hasValue(1);
        assertThat(later.text("breaker")).contains("closed");
    }

    @Test
    void aRingThatTheHostLacksIsNotFoundAndItsNeighboursAreNamed() {
        Reply reply = served.get(Role.VIEWER, "/api/v1/rings/cellar");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.text()).contains("'cellar'", "ingress, pre_flight, post_flight");
    }

    @Test
    void anOperatorPlacesAHookElsewhereAndBack() {
        Reply plan = served.put(Role.OPERATOR, EARLY + "?plan=true", "{\"priority\":30}");
        assertThat(plan.status()).as(plan.text()).isEqualTo(200);
        JsonObject changed = objects(plan.json(), "rings").getFirst();
        assertThat(objects(changed, "hooks"))
                .extracting(hook -> hook.text("plugin").orElseThrow())
                .containsExactly("later", "early");
        assertThat(objects(plan.json(), "steps"))
                .anySatisfy(step -> assertThat(step.text("action")).contains("move"));
        assertThat(order("ingress")).containsExactly("early", "later");

        Reply placed = served.put(Role.OPERATOR, EARLY, "{\"priority\":30,\"fail_policy\":\"open\"}");
        assertThat(placed.status()).as(placed.text()).isEqualTo(200);
        assertThat(order("ingress")).containsExactly("later", "early");
        assertThat(plugin("early").object("placements").orElseThrow().toString())
                .isEqualTo("{\"ingress\":{\"priority\":30,\"fail_policy\":\"open\"}}");
        JsonObject hook = objects(plugin("early"), "hooks").getFirst();
        assertThat(hook.text("priority_source")).contains("operator");
        assertThat(hook.integer("priority")).hasValue(30);
        assertThat(plugin("early").integer("priority")).hasValue(30);

        served.put(Role.OPERATOR, EARLY, "{\"fail_policy\":\"open\"}");
        assertThat(order("ingress"))
                .as("what is left out is as in the manifest")
                .containsExactly("early", "later");
        for (Reply reset : List.of(served.put(Role.OPERATOR, EARLY, "{}"), served.delete(Role.OPERATOR, EARLY))) {
            assertThat(reset.status()).as(reset.text()).isEqualTo(200);
            assertThat(plugin("early").object("placements")).contains(JsonObject.EMPTY);
        }
        assertThat(served.get(Role.ADMIN, "/api/v1/audit").text())
                .contains("\"action\":\"place\",\"subject\":\"early\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            early | post_flight     | {"priority":1}          | 404 | not_found
            early | cellar          | {"priority":1}          | 404 | not_found
            early | service:store   | {"priority":1}          | 404 | not_found
            gone  | ingress         | {"priority":1}          | 404 | plugin_not_found
            early | ingress         | {"priority":"first"}    | 422 | invalid_body
            early | ingress         | {"priority":1.5}        | 422 | invalid_body
            early | ingress         | {"priority":4294967296} | 422 | invalid_body
            early | ingress         | {"fail_policy":"ajar"}  | 422 | invalid_body
            early | ingress         | {"prio":1}              | 422 | invalid_body
            early | ingress         | {"priority":            | 400 | invalid_json
            words | service:dictionary | {"fail_policy":"open"} | 400 | invalid_request
            """)
    void aPlacementThatCannotBeIsRefused(String plugin, String point, String body, int status, String code) {
        served.withDictionary("words");
        Reply reply = served.put(Role.OPERATOR, "/api/v1/plugins/" + plugin + "/placements/" + point, body);

        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
    }

    @Test
    void aViewerPlacesNothing() {
        assertThat(served.put(Role.VIEWER, EARLY, "{\"priority\":1}").status()).isEqualTo(403);
        assertThat(served.delete(Role.VIEWER, EARLY).status()).isEqualTo(403);
        assertThat(served.get(Role.ADMIN, "/api/v1/audit?limit=1").text()).contains("permission_denied", "\"place\"");
    }

    @Test
    void aDisabledPluginShowsItsHooksAsItsManifestHasThem() {
        served.post(Role.OPERATOR, "/api/v1/plugins/toggle", "{\"name\":\"later\",\"enabled\":false}");

        JsonObject plugin = plugin("later");

        assertThat(plugin.text("status")).contains("disabled");
        assertThat(plugin.text("hook")).contains("ingress");
        JsonObject hook = objects(plugin, "hooks").getFirst();
        assertThat(hook.text("on")).contains("ingress");
        assertThat(hook.text("class_name")).contains("Main");
        assertThat(hook.integer("priority")).hasValue(20);
        assertThat(hook.text("fail_policy")).contains("open");
        assertThat(order("ingress")).containsExactly("early");
    }

    @Test
    void servicesAreListedAndTheOperatorSaysWhichIsPreferred() {
        served.withDictionary("atlas").withDictionary("words");
        assertThat(served.host.services().get(Dictionary.class).lookUp("north")).isEqualTo("north by atlas");

        Reply placed =
                served.put(Role.OPERATOR, "/api/v1/plugins/words/placements/service:dictionary", "{\"priority\":1}");

        assertThat(placed.status()).as(placed.text()).isEqualTo(200);
        assertThat(served.host.services().get(Dictionary.class).lookUp("north")).isEqualTo("north by words");
        assertThat(served.get(Role.VIEWER, "/api/v1/services").text())
                .isEqualTo("{\"services\":["
                        + "{\"contract\":\"dictionary\",\"type\":\"dev.mortise.server.contract.Dictionary\","
                        + "\"plugin\":\"words\",\"version\":\"1.0.0\",\"priority\":1,\"preferred\":true},"
                        + "{\"contract\":\"dictionary\",\"type\":\"dev.mortise.server.contract.Dictionary\","
                        + "\"plugin\":\"atlas\",\"version\":\"1.0.0\",\"priority\":100,\"preferred\":false}]}");
        assertThat(objects(plugin("words"), "services").getFirst().toString())
                .isEqualTo(
                        "{\"contract\":\"dictionary\",\"priority\":1,\"priority_source\":\"operator\",\"preferred\":true}");
        assertThat(objects(plugin("atlas"), "services").getFirst().bool("preferred"))
                .contains(false);
    }

    @Test
    void tracesShowRequestsWithTheirRingsAndHooks() {
        assertThat(served.pass("ingress")).isInstanceOf(RingOutcome.Proceed.class);

        JsonObject request = objects(served.get(Role.VIEWER, "/api/v1/traces").json(), "requests")
                .getFirst();

        assertThat(request.text("trace_id").orElseThrow()).matches("[0-9a-f]{32}");
        assertThat(request.text("outcome")).contains("proceed");
        assertThat(request.object("marks").orElseThrow().integer("ttft_ms")).hasValue(20);
        JsonObject ring = objects(request, "rings").getFirst();
        assertThat(ring.text("ring")).contains("ingress");
        assertThat(ring.has("duration_ms")).isTrue();
        assertThat(objects(ring, "hooks"))
                .extracting(hook -> hook.text("outcome").orElseThrow())
                .containsExactly("passthrough", "plugin_fault");
        assertThat(objects(
                        served.get(Role.VIEWER, "/api/v1/traces?plugin=later").json(), "requests"))
                .hasSize(1);
        assertThat(objects(
                        served.get(Role.VIEWER, "/api/v1/traces?plugin=nobody").json(), "requests"))
                .isEmpty();
    }

    @Test
    void figuresComeInTheFormOfOtherGatewaysDashboards() {
        served.pass("ingress");

        JsonObject stats = served.get(Role.VIEWER, "/api/v1/plugins/stats").json();
        JsonObject later = stats.object("later").orElseThrow();
        assertThat(later.integer("invocations")).hasValue(1);
        assertThat(later.integer("errors")).hasValue(1);
        assertThat(later.integer("timeouts")).hasValue(0);
        assertThat(later.object("latency_percentiles").orElseThrow().members().keySet())
                .containsExactly("p50", "p95", "p99");
        JsonObject latency = served.get(Role.VIEWER, "/api/v1/metrics/latency").json();
        JsonObject ingress =
                latency.object("rings").orElseThrow().object("ingress").orElseThrow();
        assertThat(ingress.integer("count")).hasValue(1);
        assertThat(latency.object("plugins")
                        .orElseThrow()
                        .object("early")
                        .orElseThrow()
                        .integer("invocations"))
                .hasValue(1);
        assertThat(latency.object("ttft").orElseThrow().toString())
                .isEqualTo("{\"samples\":1,\"p50\":20.0,\"p95\":20.0,\"p99\":20.0}");
        JsonObject timeline =
                served.get(Role.VIEWER, "/api/v1/metrics/ring-timeline").json();
        assertThat(timeline.integer("count")).hasValue(1);
        JsonObject trace = objects(timeline, "traces").getFirst();
        assertThat(trace.has("req_id")).isTrue();
        JsonObject ring = trace.object("rings").orElseThrow().object("ingress").orElseThrow();
        assertThat(objects(ring, "plugins"))
                .extracting(hook -> hook.text("name").orElseThrow())
                .containsExactly("early", "later");
    }

    @Test
    void metricsTellOfRingsAndHooks() {
        served.pass("ingress");

        String hook = "{ring=\"ingress\",plugin=\"later\",class=\"Main\"";
        assertThat(served.get(Role.VIEWER, "/metrics").text())
                .contains(
                        "\nmortise_ring_duration_seconds_count{ring=\"ingress\"} 1\n",
                        "\nmortise_ring_duration_seconds{ring=\"ingress\",quantile=\"0.99\"} ",
                        "\nmortise_ring_dropped_total{ring=\"ingress\"} 0\n",
                        "\nmortise_hook_calls_total" + hook + "} 1\n",
                        "\nmortise_hook_failures_total" + hook + "} 1\n",
                        "\nmortise_hook_timeouts_total" + hook + "} 0\n",
                        "\nmortise_hook_blocks_total" + hook + "} 0\n",
                        "\nmortise_hook_bypassed_total" + hook + "} 1\n",
                        "\nmortise_hook_breaker" + hook + ",state=\"closed\"} 1\n");
    }

    private List<String> order(String ring) {
        return objects(served.get(Role.VIEWER, "/api/v1/rings/" + ring).json(), "hooks").stream()
                .map(hook -> hook.text("plugin").orElseThrow())
                .toList();
    }

    private JsonObject plugin(String id) {
        return served.get(Role.VIEWER, "/api/v1/plugins/" + id).json();
    }

    private static List<JsonObject> objects(JsonObject parent, String member) {
        Stream<JsonValue> values = parent.array(member).orElseThrow().values().stream();
        return values.map(JsonObject.class::cast).toList();
    }
}

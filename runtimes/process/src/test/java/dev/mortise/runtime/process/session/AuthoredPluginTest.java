package dev.mortise.runtime.process.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.CallInfo;
import dev.mortise.api.Decision;
import dev.mortise.api.EventInfo;
import dev.mortise.api.FunctionException;
import dev.mortise.api.HookContext;
import dev.mortise.api.StateStore;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.runtime.process.fixture.GoPeers;
import dev.mortise.runtime.process.fixture.JavaPeers;
import dev.mortise.runtime.process.fixture.Launches;
import dev.mortise.runtime.process.fixture.PythonPeers;
import dev.mortise.runtime.process.fixture.RecordedServices;
import dev.mortise.runtime.process.fixture.RustPeers;
import dev.mortise.runtime.process.goplugin.PluginConnection;
import dev.mortise.runtime.process.goplugin.PluginLaunch;
import dev.mortise.runtime.process.peer.GreeterPlugin;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Plugins that were made for Mortise, the same one in each language. */
@ParameterizedClass
@EnumSource
class AuthoredPluginTest {

    enum Language {
        JAVA,
        JAVA_MULTIPLEXED,
        GO,
        GO_MULTIPLEXED,
        PYTHON,
        RUST
    }

    @Parameter
    Language language = Language.JAVA;

    @RegisterExtension
    final Launches launches = Launches.sandboxed();

    @TempDir
    Path folder;

    private PluginSession open(JsonObject config, RecordedServices services) throws Exception {
        return open(launch(), config, services);
    }

    private PluginSession open(PluginLaunch launch, JsonObject config, RecordedServices services) throws Exception {
        PluginConnection connection = launches.connect(launch);
        return new Sessions("tested", services, Duration.ofSeconds(30)).open(connection, config);
    }

    private PluginLaunch launch() throws Exception {
        return switch (language) {
            case JAVA, JAVA_MULTIPLEXED -> {
                PluginLaunch launch = launches.plain(JavaPeers.executable(GreeterPlugin.class));
                Map<String, String> environment = new HashMap<>(launch.environment());
                environment.put("MORTISE_JAVA", JavaPeers.java());
                launches.grant("{'run':['java']}");
                yield launch.withEnvironment(environment)
                        .withAutoMtls(true)
                        .withMultiplexing(language == Language.JAVA_MULTIPLEXED);
            }
            case GO, GO_MULTIPLEXED ->
                launches.plain(GoPeers.executable("greeter"))
                        .withAutoMtls(true)
                        .withMultiplexing(language == Language.GO_MULTIPLEXED);
            case PYTHON -> {
                Path executable = PythonPeers.executable("greeter.py", launches.folder());
                launches.grant(PythonPeers.permissions());
                yield launches.plain(executable);
            }
            case RUST -> launches.plain(RustPeers.executable("greeter")).withAutoMtls(true);
        };
    }

    private static CallInfo info() {
        return new CallInfo("ada", "trace", Instant.now().plusSeconds(60));
    }

    @Test
    void offersAndDoesEverythingThatThereIs() throws Exception {
        RecordedServices services = new RecordedServices(folder);
        PluginSession plugin = open(JsonObject.of("greeting", "Hi"), services);

        assertThat(plugin.offer().functions())
                .extracting(Offer.Function::name)
                .containsExactly("greet", "relay", "fail");
        assertThat(plugin.offer()
                        .functions()
                        .getFirst()
                        .params()
                        .array("required")
                        .orElseThrow())
                .isEqualTo(JsonValue.of(List.of("name")));
        assertThat(plugin.offer().functions().get(1).idempotent()).isTrue();
        assertThat(plugin.offer().hooks()).containsExactly("");
        assertThat(plugin.offer().events()).extracting(Offer.EventType::name).containsExactly("greeted");
        assertThat(plugin.offer().listeners()).containsExactly(new Offer.Listener("measured", ""));

        callsFunctions(plugin, services);
        runsHooks(plugin);
        hearsEvents(plugin, services);
        takesConfigurations(plugin);
    }

    private static void callsFunctions(PluginSession plugin, RecordedServices services) throws Exception {
        assertThat(plugin.call("greet", JsonObject.of("name", "Ada"), info()))
                .isEqualTo(JsonObject.of("message", "Hi, Ada!").with("count", 1).with("caller", "ada"));
        services.log().await(line -> line.equals("INFO emit greeted {\"name\":\"Ada\"}"));
        assertThat(services.state().get("greeted")).contains("1");

        assertThatThrownBy(() -> plugin.call("greet", JsonObject.of("name", ""), info()))
                .isInstanceOfSatisfying(
                        FunctionException.class, e -> assertThat(e.code()).isEqualTo("no_name"));
        assertThatThrownBy(() -> plugin.call("fail", JsonObject.EMPTY, info()))
                .isInstanceOf(PluginFault.class)
                .hasMessageContaining("as it was asked to");

        // A call within a call is made on the thread of the first one, and so in its scope.
        services.enter("the first call");
        assertThat(plugin.call("relay", JsonObject.of("function", "other"), info()))
                .isEqualTo(JsonObject.of("function", "other")
                        .with("params", JsonObject.of("a", 1))
                        .with("scope", "the first call"));
        assertThatThrownBy(() -> plugin.call("relay", JsonObject.of("function", "missing"), info()))
                .isInstanceOfSatisfying(
                        FunctionException.class, e -> assertThat(e.code()).isEqualTo("function_not_found"));
    }

    private static void runsHooks(PluginSession plugin) throws Exception {
        Context context = new Context(JsonObject.of("topic", "weather"), Map.of("earlier", JsonValue.of(5)));

        assertThat(plugin.decide("", context))
                .isEqualTo(Decision.modify(JsonObject.of("topic", "weather").with("ring", "pre_flight")));
        assertThat(context.metadata("seen")).contains(JsonValue.of(5));
        assertThat(plugin.decide("", new Context(JsonObject.of("topic", "forbidden"), Map.of())))
                .isEqualTo(Decision.block(403, "topic_blocked", "This topic is not available"));
        assertThatThrownBy(() -> plugin.decide("other", context)).isInstanceOf(PluginFault.class);
    }

    private static void hearsEvents(PluginSession plugin, RecordedServices services) throws Exception {
        plugin.hear(new EventInfo("measured", "sensor", 1, Instant.now()), JsonObject.of("celsius", 20));

        assertThat(services.state().get("measured")).contains("sensor {\"celsius\":20}");
    }

    private static void takesConfigurations(PluginSession plugin) throws Exception {
        assertThat(plugin.reconfigure(JsonObject.of("greeting", "Hey"))).isTrue();
        assertThat(plugin.call("greet", JsonObject.of("name", "Ada"), info()).toString())
                .contains("Hey, Ada!");
        assertThat(plugin.reconfigure(JsonObject.EMPTY)).isFalse();
        assertThatThrownBy(() -> plugin.reconfigure(JsonObject.of("bad", true)))
                .isInstanceOf(PluginFault.class)
                .hasMessageContaining("refuses its configuration")
                .hasMessageContaining("'bad' is not to be set");
    }

    @Test
    void doesNotStartWithAConfigurationThatItRefuses() throws Exception {
        PluginLaunch launch = launch();

        assertThatThrownBy(() -> open(launch, JsonObject.of("bad", 1), new RecordedServices(folder)))
                .isInstanceOf(PluginFault.class)
                .hasMessageContaining("'bad' is not to be set");
    }

    private static final class Context implements HookContext {

        private final JsonObject body;
        private final Map<String, JsonValue> metadata;

        Context(JsonObject body, Map<String, JsonValue> metadata) {
            this.body = body;
            this.metadata = new HashMap<>(metadata);
        }

        @Override
        public String ring() {
            return "pre_flight";
        }

        @Override
        public JsonObject body() {
            return body;
        }

        @Override
        public Optional<JsonObject> response() {
            return Optional.empty();
        }

        @Override
        public String sessionId() {
            return "session";
        }

        @Override
        public String traceId() {
            return "trace";
        }

        @Override
        public Map<String, JsonValue> metadata() {
            return Map.copyOf(metadata);
        }

        @Override
        public Optional<JsonValue> metadata(String key) {
            return Optional.ofNullable(metadata.get(key));
        }

        @Override
        public void putMetadata(String key, JsonValue value) {
            metadata.put(key, value);
        }

        @Override
        public StateStore state() {
            throw new UnsupportedOperationException("the plugin has the host's");
        }
    }
}

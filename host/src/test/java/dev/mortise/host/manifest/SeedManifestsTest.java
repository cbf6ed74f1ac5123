package dev.mortise.host.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.host.Problem;
import dev.mortise.host.Result;
import dev.mortise.host.json.JsonSchemas;
import dev.mortise.host.model.HookDeclaration;
import dev.mortise.host.model.Manifest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The manifests that the systems before Mortise document, as their authors would bring them along. */
class SeedManifestsTest {

    private final ManifestReader reader = new ManifestReader(new JsonSchemas());

    @Test
    void aDeviceConnectCapabilityIsReadAsItIs() {
        Manifest manifest = json("""
                {
                  "id": "my-sensor",
                  "version": "0.1.0",
                  "description": "Reads a sensor",
                  "entry_point": "capability.py",
                  "class_name": "MySensorCapability",
                  "dependencies": {
                    "python": ["pyserial>=3.5"]
                  }
                }
                """).orThrow();

        assertThat(manifest.entryPoint()).contains("capability.py");
        assertThat(manifest.className()).contains("MySensorCapability");
        assertThat(manifest.dependencies()).isEqualTo(Map.of("python", List.of("pyserial>=3.5")));
    }

    @Test
    void aMarketplaceEntryNeedsAnIdAndNothingElse() {
        String entry = """
                name: "My Plugin"
                hook: "pre_flight"
                priority: 25
                enabled: false
                type: "python"
                entrypoint: "marketplace.my_plugin:MyPlugin"
                version: "1.0.0"
                author: "your-name"
                description: "What it does"
                timeout_ms: 10
                config:
                  my_setting: "default"
                ui_schema:
                  - key: "my_setting"
                    type: "text"
                    label: "My Setting"
                    description: "Controls behavior X"
                    default: "default"
                """;

        Manifest manifest = yaml("id: my-plugin\n" + entry).orThrow();

        assertThat(messages(yaml(entry)))
                .containsExactly("'id' is missing: it is never taken from the name of a folder or file");
        assertThat(manifest.runtime()).isEqualTo("python");
        assertThat(manifest.entryPoint()).contains("marketplace.my_plugin:MyPlugin");
        assertThat(manifest.enabled()).isFalse();
        assertThat(manifest.hooks())
                .containsExactly(new HookDeclaration(
                        "pre_flight",
                        Optional.empty(),
                        25,
                        Duration.ofMillis(10),
                        Optional.empty(),
                        List.of(),
                        List.of()));
        assertThat(manifest.uiSchema().getFirst().defaultValue()).contains(new JsonString("default"));
    }

    @Test
    void aListOfMarketplaceEntriesIsNotOneManifest() {
        assertThat(messages(yaml("- name: My Plugin\n  hook: pre_flight\n")))
                .containsExactly("must be an object, is a list");
        assertThat(fields(yaml("plugins:\n  - name: My Plugin\n"))).containsExactly("/plugins", "");
    }

    @Test
    void aCosmoserverManifestNeedsAnIdAndNothingElse() {
        String fields = """
                  "name": "Smart Switch Plugin",
                  "version": "1.0.0",
                  "plugin_class": "smart_switch.SmartSwitchPlugin",
                  "description": "Controls smart switches via Zigbee",
                  "requires_webhooks": true,
                  "webhook_prefix": "/zigbee"
                }
                """;

        Manifest manifest = json("{ \"id\": \"smart-switch\",\n" + fields).orThrow();

        assertThat(messages(json("{" + fields)))
                .containsExactly("'id' is missing: it is never taken from the name of a folder or file");
        assertThat(manifest.className()).contains("smart_switch.SmartSwitchPlugin");
        assertThat(manifest.webhookPrefix()).contains("zigbee");
        assertThat(json("""
                        {"id": "hubitat", "name": "Hubitat Plugin", "plugin_class": "cosmohubitatplugin.HubitatPlugin",
                         "description": "Connects a hub", "url_prefix": "hubitat"}
                        """).orThrow().webhookPrefix()).contains("hubitat");
    }

    @Test
    void aClawdeskManifestIsToldWhatToChange() {
        assertThat(messages(json("""
                        {"name": "weather-tool", "version": "1.0.0", "capabilities": ["ToolCall"], "sandbox": "Wasm",
                         "entry_point": "./plugins/weather.wasm"}
                        """)))
                .satisfiesExactly(
                        id -> assertThat(id).startsWith("'id' is missing"),
                        sandbox -> assertThat(sandbox)
                                .startsWith("must be an object")
                                .endsWith("what runs the plugin is named by 'runtime'"));
        assertThat(json("""
                        {"id": "weather-tool", "version": "1.0.0", "capabilities": ["ToolCall"], "runtime": "wasm",
                         "entry_point": "./plugins/weather.wasm"}
                        """).orThrow().capabilities()).containsExactly("ToolCall");
    }

    @Test
    void anInstallRequestIsNotTakenForAManifest() {
        assertThat(fields(json("""
                        {"type": "docker", "id": "hello-sidecar", "image": "dc-plugin-sidecar:local", "port": 8787,
                         "env": {}, "pull": true}
                        """))).containsExactly("/image", "/port", "/env", "/pull");
        assertThat(fields(json("""
                        {"type": "python", "id": "my-service", "url": "https://artifacts.example.com/my-service.tgz",
                         "digest": "sha256:0", "format": "auto", "install_dependencies": false}
                        """))).containsExactly("/url", "/digest", "/format", "/install_dependencies");
    }

    private Result<Manifest> json(String text) {
        return reader.read(text.getBytes(UTF_8), "manifest.json");
    }

    private Result<Manifest> yaml(String text) {
        return reader.read(text.getBytes(UTF_8), "manifest.yaml");
    }

    private static List<String> messages(Result<Manifest> result) {
        return errors(result).stream()
                .map(error -> error.text("message").orElseThrow())
                .toList();
    }

    private static List<String> fields(Result<Manifest> result) {
        return errors(result).stream()
                .map(error -> error.text("field").orElseThrow())
                .toList();
    }

    private static List<JsonObject> errors(Result<Manifest> result) {
        return switch (result) {
            case Result.Refused<Manifest>(Problem problem) ->
                problem.details().array("errors").orElseThrow().values().stream()
                        .map(JsonObject.class::cast)
                        .toList();
            case Result.Ok<Manifest>(Manifest manifest) -> throw new AssertionError("was accepted: " + manifest);
        };
    }
}

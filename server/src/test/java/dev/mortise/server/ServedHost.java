package dev.mortise.server;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.HostSettings;
import dev.mortise.host.Mortise;
import dev.mortise.host.RingDefinition;
import dev.mortise.host.RingOutcome;
import dev.mortise.host.RingPass;
import dev.mortise.host.RingRequest;
import dev.mortise.host.Role;
import dev.mortise.host.json.JsonCodec;
import dev.mortise.host.model.FailPolicy;
import dev.mortise.host.spi.ServiceContract;
import dev.mortise.server.contract.Dictionary;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A real host with real plugins, served on a free port, and somebody who talks to it over HTTP. */
final class ServedHost implements AutoCloseable {

    /** A plugin that does as it is told. */
    private static final String CALM = """
            private PluginContext context;
            public void onLoad(PluginContext context) { this.context = context; }
            public record Greeting(String message) {}
            @Rpc(description = "Greets somebody")
            public Greeting greet(@Param(value = "name", defaultValue = "world") String name) {
                return new Greeting(context.config().json().text("salutation").orElse("?") + ", " + name + "!");
            }
            @Rpc public int number() { return 42; }
            @Rpc public int passwordLength() {
                return context.config().json().text("password").orElse("").length();
            }
            @Rpc public String refuse() throws FunctionException {
                throw new FunctionException("not_today", "come back tomorrow");
            }
            @Rpc public String shout(@Param("text") String text) {
                context.logger().log(System.Logger.Level.INFO, text);
                return text;
            }
            """;

    /** What makes a probe of it: with these, a call can end in every way. */
    private static final String FAULTS = """
            @Rpc public String break_() { throw new IllegalStateException("odd state"); }
            @Rpc public String hang() { while (true) {} }
            """;

    static final String PROBE_FIELDS = """
            ,"description":"Probes","license":"Apache-2.0",
            "limits":{"deadline_ms":2000,"drain_deadline_ms":2000},
            "config":{"salutation":"Hello"},
            "ui_schema":[
              {"key":"salutation","type":"text","label":"Salutation","default":"Hello"},
              {"key":"password","type":"text","label":"Password","secret":true}]
            """;

    final Path folder;
    final Path catalog;
    final Mortise host;
    final MortiseServer server;
    private final Map<Role, String> secrets = new EnumMap<>(Role.class);
    private final HttpClient client = HttpClient.newHttpClient();

    private ServedHost(Path folder, ServerSettings settings) throws IOException {
        this.folder = folder;
        catalog = Files.createDirectories(folder.resolve("catalog"));
        host = Mortise.builder()
                .settings(settings())
                .data(folder.resolve("data"))
                .catalog(catalog)
                .ring(RingDefinition.before("ingress", FailPolicy.CLOSED, "as the request comes in"))
                .ring(RingDefinition.before("pre_flight", FailPolicy.OPEN, "before a service is chosen"))
                .ring(RingDefinition.after("post_flight", FailPolicy.OPEN, "on the response"))
                .contract(new ServiceContract<>("dictionary", Dictionary.class))
                .start();
        for (Role role : Role.values()) {
            secrets.put(
                    role,
                    host.tokens()
                            .issue("the-" + role.label(), role, Actor.HOST)
                            .orThrow()
                            .secret());
        }
        server = MortiseServer.start(host, settings);
    }

    static ServedHost in(Path folder) throws IOException {
        ServerSettings.Limits lenient = new ServerSettings.Limits(1 << 20, 8 << 20, 256, 64, 10_000);
        return in(folder, ServerSettings.on("127.0.0.1", 0).with(lenient));
    }

    static ServedHost in(Path folder, ServerSettings settings) throws IOException {
        return new ServedHost(folder, settings);
    }

    /** Nothing is fetched from the network but from one place that does not exist. */
    private static HostSettings settings() {
        HostSettings defaults = HostSettings.DEFAULT;
        return new HostSettings(
                defaults.requireDigest(),
                Set.of("packages.invalid"),
                defaults.allowPrivateAddresses(),
                defaults.allowPlainHttp(),
                defaults.maxPackageBytes(),
                defaults.keptGenerations(),
                Duration.ZERO);
    }

    /** The jar of a plugin with the id probe. */
    Path probe(String version) {
        return PluginJar.make(folder, "probe", version, PROBE_FIELDS, CALM + FAULTS);
    }

    /** With a plugin that has no faults, so that a server error is one of the server. */
    ServedHost withCalmPlugin() {
        Path jar = PluginJar.make(folder, "calm", "1.0.0", PROBE_FIELDS, CALM);
        host.plugins().apply(Change.install(jar), Actor.EMBEDDER).orThrow();
        return this;
    }

    ServedHost withProbe() {
        host.plugins().apply(Change.install(probe("1.0.0")), Actor.EMBEDDER).orThrow();
        return this;
    }

    /**
     * With a plugin that is a hook and answers nothing else.
     *
     * @param fields of the manifest, each with a comma before it
     * @param body of the method that decides, with its context in c
     */
    ServedHost withHook(String id, String fields, String body) {
        Path jar = PluginJar.make(
                folder,
                id,
                "1.0.0",
                fields,
                "Hook",
                "public Decision execute(HookContext c) throws Exception { " + body + " }");
        host.plugins().apply(Change.install(jar), Actor.EMBEDDER).orThrow();
        return this;
    }

    ServedHost withDictionary(String id) {
        Path jar = PluginJar.make(
                folder,
                id,
                "1.0.0",
                ",\"services\":[\"dictionary\"]",
                "Plugin, dev.mortise.server.contract.Dictionary",
                "public String lookUp(String word) { return word + \" by " + id + "\"; }");
        host.plugins().apply(Change.install(jar), Actor.EMBEDDER).orThrow();
        return this;
    }

    /** Sends a request through rings. */
    RingOutcome pass(String... rings) {
        try (RingPass<JsonObject> pass = host.rings().open(RingRequest.of(JsonObject.EMPTY))) {
            pass.respond(JsonObject.EMPTY);
            pass.took("ttft", Duration.ofMillis(20));
            return pass.run(rings);
        }
    }

    String secret(Role role) {
        return secrets.getOrDefault(role, "");
    }

    URI at(String target) {
        return server.url().resolve(target);
    }

    Reply get(Role role, String target) {
        return send(role, "GET", target, BodyPublishers.noBody(), "");
    }

    Reply post(Role role, String target, String json) {
        return send(role, "POST", target, BodyPublishers.ofString(json), "application/json");
    }

    Reply put(Role role, String target, String json) {
        return send(role, "PUT", target, BodyPublishers.ofString(json), "application/json");
    }

    Reply delete(Role role, String target) {
        return send(role, "DELETE", target, BodyPublishers.noBody(), "");
    }

    Reply send(@Nullable Role role, String method, String target, BodyPublisher body, String type, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(at(target)).method(method, body).timeout(Duration.ofSeconds(60));
        if (role != null) {
            request.header("Authorization", "Bearer " + secret(role));
        }
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return new Reply(client.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(method + " " + target, e);
        }
    }

    @Override
    public void close() {
        client.close();
        server.close();
        host.close();
    }

    /** What came back. */
    record Reply(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        String text() {
            return response.body();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        JsonObject json() {
            return JsonCodec.STANDARD.parseObject(text()).orThrow();
        }

        /** The code of a problem. */
        String code() {
            return json().text("code").orElse("none in " + text());
        }
    }
}

package dev.mortise.gateway;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.llm.ModelServer;
import dev.mortise.gateway.http.GatewayRoutes;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.HostSettings;
import dev.mortise.host.Mortise;
import dev.mortise.host.MortiseBuilder;
import dev.mortise.host.PackageSource;
import dev.mortise.host.Role;
import dev.mortise.host.json.JsonCodec;
import dev.mortise.plugin.llmecho.LlmEcho;
import dev.mortise.server.MortiseServer;
import dev.mortise.server.ServerSettings;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A gateway with a real host, on a real server, and somebody who talks to it. */
final class ServedGateway implements AutoCloseable {

    final Path folder;
    final Mortise host;
    final ChatGateway gateway;
    final MortiseServer server;
    final String secret;
    final String viewer;
    private final HttpClient client = HttpClient.newHttpClient();

    private ServedGateway(Path folder, GatewaySettings settings) {
        this.folder = folder;
        HostSettings defaults = HostSettings.DEFAULT;
        MortiseBuilder builder = Mortise.builder()
                .settings(new HostSettings(
                        defaults.requireDigest(),
                        defaults.allowedHosts(),
                        defaults.allowPrivateAddresses(),
                        defaults.allowPlainHttp(),
                        defaults.maxPackageBytes(),
                        defaults.keptGenerations(),
                        Duration.ZERO))
                .data(folder.resolve("data"));
        GatewayRings.ALL.forEach(builder::ring);
        host = builder.start();
        secret = host.tokens().issue("ada", Role.OPERATOR, Actor.HOST).orThrow().secret();
        viewer = host.tokens().issue("vera", Role.VIEWER, Actor.HOST).orThrow().secret();
        gateway = new ChatGateway(host, settings, InstantSource.system());
        server = MortiseServer.start(host, ServerSettings.on("127.0.0.1", 0), List.of(GatewayRoutes.of(gateway)));
    }

    static ServedGateway in(Path folder) {
        return in(folder, GatewaySettings.DEFAULT);
    }

    static ServedGateway in(Path folder, String settings) {
        return in(
                folder,
                GatewaySettingsReader.read(settings.getBytes(StandardCharsets.UTF_8))
                        .orThrow());
    }

    static ServedGateway in(Path folder, GatewaySettings settings) {
        return new ServedGateway(folder, settings);
    }

    ServedGateway withEcho() {
        try {
            return with(Path.of(LlmEcho.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    ServedGateway with(Path plugin) {
        host.plugins().apply(Change.install(plugin), Actor.EMBEDDER).orThrow();
        return this;
    }

    /** A plugin for the models of a server. */
    ServedGateway with(String id, ModelServer server, JsonObject config) {
        host.plugins()
                .apply(
                        new Change.Install(
                                new PackageSource.File(TestPlugins.openAi(folder, id)),
                                Optional.empty(),
                                Optional.of(config.with("base_url", server.url())),
                                Optional.empty()),
                        Actor.EMBEDDER)
                .orThrow();
        return this;
    }

    ServedGateway with(String id, ModelServer server) {
        return with(id, server, JsonObject.of("retries", 0));
    }

    /** A hook in a ring. */
    ServedGateway hook(String id, String ring, String decision) {
        return hook(id, ring, "", decision);
    }

    ServedGateway hook(String id, String ring, String fields, String decision) {
        return with(TestPlugins.hook(folder, id, "1.0.0", ring, fields, decision));
    }

    static JsonObject chat(String text) {
        return JsonObject.of("model", "small")
                .with("messages", List.of(JsonObject.of("role", "user").with("content", text)));
    }

    static JsonObject streamed(String text) {
        return chat(text).with("stream", true);
    }

    Reply ask(JsonObject body, String... headers) {
        return post("/v1/chat/completions", body.toString(), headers);
    }

    Reply post(String target, String body, String... headers) {
        return send(request(target, secret, headers)
                .POST(BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .build());
    }

    Reply get(String target) {
        return send(request(target, viewer).build());
    }

    Reply send(HttpRequest request) {
        try {
            return new Reply(client.send(request, BodyHandlers.ofString()));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(request.toString(), e);
        }
    }

    HttpRequest.Builder request(String target, String token, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(at(target)).timeout(Duration.ofSeconds(60));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return headers.length == 0 ? request : request.headers(headers);
    }

    URI at(String target) {
        return server.url().resolve(target);
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

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        JsonObject json() {
            return JsonCodec.STANDARD.parseObject(response.body()).orThrow();
        }

        /** What the model has said. */
        String text() {
            return content(json(), "message");
        }

        JsonObject error() {
            return json().object("error").orElseThrow(() -> new AssertionError("no error in " + response.body()));
        }

        String errorType() {
            return error().text("type").orElse("");
        }

        String errorMessage() {
            return error().text("message").orElse("");
        }

        /** The data of the events of a stream. */
        List<String> events() {
            List<String> events = new ArrayList<>();
            for (String line : response.body().split("\n", -1)) {
                if (line.startsWith("data: ")) {
                    events.add(line.substring(6));
                }
            }
            return events;
        }

        /** The chunks of a stream, without its end. */
        List<JsonObject> chunks() {
            return events().stream()
                    .filter(data -> !data.equals("[DONE]"))
                    .map(data -> JsonCodec.STANDARD.parseObject(data).orThrow())
                    .toList();
        }

        String streamedText() {
            StringBuilder text = new StringBuilder();
            chunks().forEach(chunk -> text.append(content(chunk, "delta")));
            return text.toString();
        }

        private static String content(JsonObject json, String member) {
            return json.array("choices").orElse(JsonArray.EMPTY).values().stream()
                    .map(JsonObject.class::cast)
                    .flatMap(choice -> choice.object(member).stream())
                    .flatMap(message -> message.text("content").stream())
                    .findFirst()
                    .orElse("");
        }
    }
}

package dev.mortise.plugin.process;

import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.llm.ModelServer;
import dev.mortise.contracts.operations.Component;
import dev.mortise.contracts.operations.StatusProvider;
import dev.mortise.contracts.operations.StatusProviderContract;
import dev.mortise.plugin.statushttp.StatusHttp;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The plugin in a process of its own does what every provider of status does. */
class StatusHttpProcessTest extends StatusProviderContract {

    private static ModelServer server;
    private static ProcessHost host;

    @BeforeAll
    static void start() throws IOException {
        server = new ModelServer()
                .does(asked -> asked.json(asked.request().path().equals("/v1") ? 200 : 404, JsonObject.EMPTY));
        host = ProcessHost.run(
                StatusHttpProcess.class,
                StatusHttp.class,
                JsonObject.of("allow", List.of("127.0.0.1"))
                        .with("degraded_ms", 25_000)
                        .with("timeout_ms", 25_000));
    }

    @AfterAll
    static void stop() throws IOException {
        host.close();
        server.close();
    }

    @Override
    protected StatusProvider provider() {
        return host.service(StatusProvider.class);
    }

    @Override
    protected Component operational() {
        return Component.of("well", "Well", "http", Map.of("url", server.url()));
    }

    @Override
    protected Component down() {
        return Component.of("ill", "Ill", "http", Map.of("url", server.url() + "/nowhere"));
    }

    @Override
    protected Component senseless() {
        return Component.of("senseless", "Senseless", "http", Map.of());
    }
}

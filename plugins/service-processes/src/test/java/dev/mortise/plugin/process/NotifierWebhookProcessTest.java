package dev.mortise.plugin.process;

import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.llm.ModelServer;
import dev.mortise.contracts.operations.Notifier;
import dev.mortise.contracts.operations.NotifierContract;
import dev.mortise.plugin.notifierwebhook.NotifierWebhook;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The plugin in a process of its own does what every notifier does. */
class NotifierWebhookProcessTest extends NotifierContract {

    private ModelServer server;
    private ProcessHost host;

    @BeforeEach
    void start() throws IOException {
        server = new ModelServer().does(asked -> asked.json(200, JsonObject.EMPTY));
        host = ProcessHost.run(
                NotifierWebhookProcess.class,
                NotifierWebhook.class,
                JsonObject.of("url", server.url()).with("retries", 1));
    }

    @AfterEach
    void stop() throws IOException {
        host.close();
        server.close();
    }

    @Override
    protected Notifier notifier() {
        return host.service(Notifier.class);
    }

    @Override
    protected List<String> arrived() {
        return server.received.stream().map(ModelServer.Received::body).toList();
    }

    @Override
    protected Notifier unreachable() {
        try {
            server.close();
            return notifier();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected Notifier refused() {
        server.does(asked -> asked.json(403, JsonObject.EMPTY));
        return notifier();
    }
}

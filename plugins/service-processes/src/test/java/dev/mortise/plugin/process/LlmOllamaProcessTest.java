package dev.mortise.plugin.process;

import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.llm.LlmProvider;
import dev.mortise.contracts.llm.LlmProviderContract;
import dev.mortise.contracts.llm.ModelServer;
import dev.mortise.plugin.llmollama.LlmOllama;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The plugin in a process of its own does what every provider of models does. */
class LlmOllamaProcessTest extends LlmProviderContract {

    private static final String LINE = """
            {"model":"llama3.2","message":{"role":"assistant","content":"Hello, world"},"done":false}
            """;
    private static final String LAST = """
            {"model":"llama3.2","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop"}
            """;

    private static ModelServer server;
    private static ProcessHost host;

    @BeforeAll
    static void start() throws IOException {
        server = new ModelServer().does(asked -> {
            boolean chat = asked.request().path().equals("/api/chat");
            boolean stream = chat && asked.request().json().bool("stream").orElse(false);
            String answer = stream ? LINE + LAST : chat ? LINE.replace("false", "true") : "{\"models\":[]}";
            asked.out()
                    .write(("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + answer).getBytes(StandardCharsets.UTF_8));
        });
        host = ProcessHost.run(
                LlmOllamaProcess.class,
                LlmOllama.class,
                JsonObject.of("base_url", server.url().replace("/v1", "")));
    }

    @AfterAll
    static void stop() throws IOException {
        host.close();
        server.close();
    }

    @Override
    protected LlmProvider provider() {
        return host.service(LlmProvider.class);
    }

    @Override
    protected String model() {
        return "llama3.2";
    }
}

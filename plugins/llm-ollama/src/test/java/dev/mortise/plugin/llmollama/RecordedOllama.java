package dev.mortise.plugin.llmollama;

import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.llm.ModelServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Answers as Ollama does, in the form of its API's documentation. */
final class RecordedOllama {

    static final String CHAT = """
            {"model":"llama3.2","created_at":"2025-01-04T08:52:19.385406455Z","message":{"role":"assistant","content":\
            "Hello, world"},"done":true,"done_reason":"stop","total_duration":4883583458,"load_duration":1334875,\
            "prompt_eval_count":26,"prompt_eval_duration":342546000,"eval_count":282,"eval_duration":4535599000}
            """;

    static final String STREAM = """
            {"model":"llama3.2","created_at":"2025-01-04T08:52:19.385406455Z","message":{"role":"assistant","content":"Hel"},"done":false}
            {"model":"llama3.2","created_at":"2025-01-04T08:52:19.485406455Z","message":{"role":"assistant","content":"lo, wörld"},"done":false}
            {"model":"llama3.2","created_at":"2025-01-04T08:52:19.585406455Z","message":{"role":"assistant","content":""},\
            "done":true,"done_reason":"stop","total_duration":4883583458,"load_duration":1334875,"prompt_eval_count":26,\
            "prompt_eval_duration":342546000,"eval_count":282,"eval_duration":4535599000}
            """;

    static final String TOOL_CALL = """
            {"model":"llama3.2","created_at":"2025-07-07T20:22:19.184789Z","message":{"role":"assistant","content":"",\
            "tool_calls":[{"function":{"name":"get_weather","arguments":{"city":"Tokyo"}}}]},"done":false}
            {"model":"llama3.2","created_at":"2025-07-07T20:22:19.19314Z","message":{"role":"assistant","content":""},\
            "done_reason":"stop","done":true,"prompt_eval_count":169,"eval_count":15}
            """;

    static final String TAGS = """
            {"models":[{"name":"llama3.2:latest","model":"llama3.2:latest","modified_at":"2025-05-04T17:37:44.706015396-07:00",\
            "size":3338801804,"digest":"a80c4f17","details":{"format":"gguf","family":"llama","parameter_size":"3.2B"}},\
            {"name":"nomic-embed-text:latest","model":"nomic-embed-text:latest","modified_at":"strange","size":1}]}
            """;

    static final String EMBED = """
            {"model":"all-minilm","embeddings":[[0.010071029,-0.0017594862],[-0.0098027075,0.06042469]],\
            "total_duration":14143917,"load_duration":1019500,"prompt_eval_count":8}
            """;

    private RecordedOllama() {}

    static void answer(ModelServer.Asked asked) throws IOException {
        boolean stream = !asked.request().body().isEmpty()
                && asked.request().json().bool("stream").orElse(false);
        switch (asked.request().path()) {
            case "/api/chat" -> lines(asked, stream ? STREAM : CHAT);
            case "/api/tags" -> lines(asked, TAGS);
            case "/api/embed" -> lines(asked, EMBED);
            default -> asked.json(404, JsonObject.of("error", "404 page not found"));
        }
    }

    /** In pieces that are cut anywhere. */
    static void lines(ModelServer.Asked asked, String lines) throws IOException {
        byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        asked.out()
                .write("HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nConnection: close\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        for (int at = 0; at < bytes.length; at += 37) {
            asked.out().write(bytes, at, Math.min(37, bytes.length - at));
            asked.out().flush();
        }
    }
}

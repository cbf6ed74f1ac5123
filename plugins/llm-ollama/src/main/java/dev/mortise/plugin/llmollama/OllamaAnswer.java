package dev.mortise.plugin.llmollama;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonNull;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.contracts.llm.ChatReply;
import dev.mortise.contracts.llm.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An answer of {@code POST /api/chat}, or one line of one that streams. */
record OllamaAnswer(JsonObject json) {

    boolean isDone() {
        return json.bool("done").orElse(false);
    }

    String text() {
        return message().text("content").orElse("");
    }

    /** What the model thought, where it says so. */
    String thinking() {
        return message().text("thinking").orElse("");
    }

    private JsonObject message() {
        return json.object("message").orElse(JsonObject.EMPTY);
    }

    /**
     * Calls of tools, as the OpenAI API has them.
     *
     * @param first the number of the first
     * @param answer the id of the whole answer, of which ids are made where Ollama gives none
     */
    List<JsonObject> toolCalls(int first, String answer) {
        List<JsonObject> calls = new ArrayList<>();
        for (JsonValue call :
                message().array("tool_calls").orElse(JsonArray.EMPTY).values()) {
            if (call instanceof JsonObject object) {
                int index = first + calls.size();
                JsonObject function = object.object("function").orElse(JsonObject.EMPTY);
                JsonValue arguments = function.get("arguments").orElse(JsonObject.EMPTY);
                calls.add(JsonObject.of("index", index)
                        .with("id", object.text("id").orElse("call_" + answer + "_" + index))
                        .with("type", "function")
                        .with(
                                "function",
                                JsonObject.of("name", function.text("name").orElse(""))
                                        .with("arguments", arguments.toString())));
            }
        }
        return calls;
    }

    String finishReason(boolean calledTools) {
        if (calledTools) {
            return "tool_calls";
        }
        return json.text("done_reason").orElse("").equals("length") ? ChatReply.LENGTH : ChatReply.STOP;
    }

    Usage usage() {
        return new Usage(
                json.integer("prompt_eval_count").orElse(0),
                json.integer("eval_count").orElse(0));
    }

    JsonObject completion(ChatReply reply) {
        List<JsonObject> calls = toolCalls(0, reply.id());
        JsonObject completion = reply.completion(text(), finishReason(!calls.isEmpty()), Optional.of(usage()));
        if (calls.isEmpty() && thinking().isEmpty()) {
            return completion;
        }
        JsonObject choice =
                (JsonObject) completion.array("choices").orElseThrow().get(0);
        JsonObject message = choice.object("message").orElseThrow();
        if (!calls.isEmpty()) {
            message = message.with("content", text().isEmpty() ? JsonNull.NULL : text())
                    .with("tool_calls", calls);
        }
        if (!thinking().isEmpty()) {
            message = message.with("reasoning", thinking());
        }
        return completion.with("choices", List.of(choice.with("message", message)));
    }
}

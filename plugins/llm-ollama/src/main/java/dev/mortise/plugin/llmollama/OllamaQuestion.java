package dev.mortise.plugin.llmollama;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import dev.mortise.contracts.llm.ChatRequest;
import dev.mortise.plugin.llmupstream.ServerJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A chat request of the OpenAI API as {@code POST /api/chat} takes it. */
final class OllamaQuestion {

    /** What has the same name there. */
    private static final List<String> OPTIONS =
            List.of("temperature", "top_p", "seed", "frequency_penalty", "presence_penalty");

    private OllamaQuestion() {}

    static JsonObject of(JsonObject request, String model, boolean stream, OllamaDefaults defaults) {
        ChatRequest chat = new ChatRequest(request);
        JsonObject question = JsonObject.of("model", model)
                .with(
                        "messages",
                        chat.messages().stream().map(OllamaQuestion::message).toList())
                .with("stream", stream)
                .with("options", options(chat, defaults));
        Optional<JsonValue> tools = request.get("tools");
        if (tools.isPresent()) {
            question = question.with("tools", tools.get());
        }
        Optional<JsonValue> format = format(request);
        if (format.isPresent()) {
            question = question.with("format", format.get());
        }
        return defaults.keepAlive().isEmpty() ? question : question.with("keep_alive", defaults.keepAlive());
    }

    private static JsonObject options(ChatRequest chat, OllamaDefaults defaults) {
        JsonObject options = JsonObject.EMPTY;
        for (String name : OPTIONS) {
            Optional<JsonValue> value = chat.json().get(name);
            options = value.isPresent() ? options.with(name, value.get()) : options;
        }
        Optional<JsonValue> stop = chat.json().get("stop");
        if (stop.isPresent()) {
            options = options.with(
                    "stop", stop.get() instanceof JsonString text ? new JsonArray(List.of(text)) : stop.get());
        }
        if (chat.maxTokens() > 0) {
            options = options.with("num_predict", chat.maxTokens());
        }
        return defaults.contextLength() > 0 ? options.with("num_ctx", defaults.contextLength()) : options;
    }

    private static Optional<JsonValue> format(JsonObject request) {
        JsonObject format = request.object("response_format").orElse(JsonObject.EMPTY);
        return switch (format.text("type").orElse("")) {
            case "json_object" -> Optional.of(new JsonString("json"));
            case "json_schema" -> format.object("json_schema").flatMap(schema -> schema.get("schema"));
            default -> Optional.empty();
        };
    }

    private static JsonObject message(JsonObject message) {
        String role = message.text("role").orElse("user");
        JsonObject result = JsonObject.of("role", role.equals("developer") ? "system" : role)
                .with("content", ChatRequest.text(message));
        List<JsonValue> images = images(message);
        if (!images.isEmpty()) {
            result = result.with("images", images);
        }
        Optional<JsonArray> calls = message.array("tool_calls");
        if (calls.isPresent()) {
            result = result.with(
                    "tool_calls",
                    calls.get().values().stream().map(OllamaQuestion::toolCall).toList());
        }
        Optional<String> answered = message.text("tool_call_id");
        return answered.isPresent() ? result.with("tool_call_id", answered.get()) : result;
    }

    /** Arguments are text in the one API and an object in the other. */
    private static JsonValue toolCall(JsonValue call) {
        if (!(call instanceof JsonObject object)) {
            return call;
        }
        JsonObject function = object.object("function").orElse(JsonObject.EMPTY);
        JsonObject arguments = function.text("arguments")
                .flatMap(text -> ServerJson.object(text.getBytes(StandardCharsets.UTF_8)))
                .orElse(JsonObject.EMPTY);
        return object.with("function", function.with("arguments", arguments));
    }

    private static List<JsonValue> images(JsonObject message) {
        List<JsonValue> images = new ArrayList<>();
        for (JsonValue part : message.array("content").orElse(JsonArray.EMPTY).values()) {
            if (part instanceof JsonObject object
                    && object.text("type").orElse("").equals("image_url")) {
                String url = object.object("image_url")
                        .flatMap(image -> image.text("url"))
                        .or(() -> object.text("image_url"))
                        .orElse("");
                int comma = url.indexOf(";base64,");
                if (!url.startsWith("data:") || comma < 0) {
                    throw new ServiceException(
                            Kind.INVALID, "images must be data: URLs in Base64; Ollama fetches none");
                }
                images.add(new JsonString(url.substring(comma + ";base64,".length())));
            }
        }
        return images;
    }
}

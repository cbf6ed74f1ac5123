package dev.mortise.plugin.llmtext;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.util.List;
import java.util.stream.Stream;

/**
 * A message of a chat completion request. Its content is text or a list of parts, of which some are text.
 *
 * @param json as it stands in the request
 */
public record ChatMessage(JsonObject json) {

    /** The messages of a request, in their order; what is no object is passed over, as is a request without any. */
    public static List<ChatMessage> in(JsonObject request) {
        return request.array("messages").map(JsonArray::values).orElse(List.of()).stream()
                .filter(JsonObject.class::isInstance)
                .map(message -> new ChatMessage((JsonObject) message))
                .toList();
    }

    /** Such as {@code user}; empty if it names none. */
    public String role() {
        return json.text("role").orElse("");
    }

    public boolean hasRole(String role) {
        return role().equals(role);
    }

    /**
     * Its texts: the content itself, or that of each part that has one. What type the part is said to be of does not
     * matter: there are services that do not look, and those that do refuse what they do not know.
     */
    public List<String> texts() {
        return json.get("content")
                .map(content -> switch (content) {
                    case JsonString(String text) -> List.of(text);
                    case JsonArray(List<JsonValue> parts) ->
                        parts.stream().flatMap(ChatMessage::ofPart).toList();
                    default -> List.<String>of();
                })
                .orElse(List.of());
    }

    private static Stream<String> ofPart(JsonValue part) {
        return switch (part) {
            case JsonString(String text) -> Stream.of(text);
            case JsonObject object -> object.text("text").stream();
            default -> Stream.of();
        };
    }

    /** Its texts as one, a line each. */
    public String text() {
        return String.join("\n", texts());
    }

    /** How many parts are images. */
    public int images() {
        return parts("image_url").size();
    }

    private List<JsonObject> parts(String type) {
        return json.array("content").map(JsonArray::values).orElse(List.of()).stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .filter(part -> part.text("type").filter(type::equals).isPresent())
                .toList();
    }
}

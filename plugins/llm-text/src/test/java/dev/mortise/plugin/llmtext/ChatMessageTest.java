package dev.mortise.plugin.llmtext;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChatMessageTest {

    @Test
    void readsTheTextOfAMessage() {
        ChatMessage message = message(Map.of("role", "user", "content", "Hello"));
        assertThat(message.role()).isEqualTo("user");
        assertThat(message.texts()).containsExactly("Hello");
    }

    @Test
    void readsTheTextsAmongTheParts() {
        ChatMessage message = message(Map.of(
                "content",
                List.of(
                        Map.of("type", "text", "text", "Look"),
                        Map.of("type", "image_url", "image_url", Map.of("url", "data:image/png;base64,abc")),
                        Map.of("type", "text", "text", "here"),
                        Map.of("type", "text"),
                        Map.of("type", "input_text", "text", "of any type"),
                        "loose")));
        assertThat(message.text()).isEqualTo("Look\nhere\nof any type\nloose");
        assertThat(message.images()).isEqualTo(1);
        assertThat(message.role()).isEmpty();
    }

    @Test
    void aMessageWithoutContentHasNoText() {
        assertThat(message(Map.of("role", "assistant")).texts()).isEmpty();
        JsonObject calling = JsonObject.of("role", "assistant").with("content", null);
        assertThat(new ChatMessage(calling).texts()).isEmpty();
    }

    @Test
    void passesOverWhatIsNoMessage() {
        JsonObject request = JsonObject.of("messages", Arrays.asList("hello", null, 5, Map.of("role", "user")));
        assertThat(ChatMessage.in(request)).hasSize(1);
        assertThat(ChatMessage.in(JsonObject.of("messages", "hello"))).isEmpty();
        assertThat(ChatMessage.in(JsonObject.EMPTY)).isEmpty();
    }

    private static ChatMessage message(Map<String, Object> members) {
        return ChatMessage.in(JsonObject.of("messages", List.of(members))).getFirst();
    }
}

package dev.mortise.plugin.agenticloopbreaker;

import dev.mortise.plugin.llmtext.ChatMessage;
import dev.mortise.plugin.llmtext.Fingerprint;
import java.util.List;
import java.util.stream.Collectors;

/** Tells prompts apart by the end of their conversation: role and content of the last messages. */
final class PromptFingerprint {

    private static final int DIGITS = 16;

    private PromptFingerprint() {}

    static String of(List<ChatMessage> messages, int last) {
        String normalized = messages.subList(Math.max(0, messages.size() - last), messages.size()).stream()
                .map(PromptFingerprint::line)
                .collect(Collectors.joining());
        return Fingerprint.hex(normalized, DIGITS);
    }

    private static String line(ChatMessage message) {
        // An agent's turn is often no text but calls of tools, and those differ while it makes progress.
        String calls = message.json().array("tool_calls").map(Object::toString).orElse("");
        return message.role() + ":" + String.join(" ", message.texts()).strip() + calls + "|";
    }
}

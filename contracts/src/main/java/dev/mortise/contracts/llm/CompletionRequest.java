package dev.mortise.contracts.llm;

import java.util.List;

/**
 * A conversation that a model is to go on with. The fields of a {@code CompleteRequest} of {@code console.plugin.v1}.
 *
 * @param system how the model is to behave; the empty text for nothing in particular
 * @param maxTokens of the answer; 0 for the model's own limit
 * @param model the empty text for the provider's own choice
 */
public record CompletionRequest(String system, List<Message> messages, int maxTokens, String model) {

    public CompletionRequest {
        messages = List.copyOf(messages);
    }

    /** @param role such as {@code user} or {@code assistant} */
    public record Message(String role, String text) {}
}

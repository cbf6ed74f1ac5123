package dev.mortise.contracts.grpc;

import dev.mortise.contracts.grpc.console.LLMServiceGrpc;
import dev.mortise.contracts.grpc.console.LlmMessages;
import dev.mortise.contracts.llm.Completion;
import dev.mortise.contracts.llm.CompletionRequest;
import dev.mortise.contracts.llm.LlmProvider;
import dev.mortise.runtime.process.wire.service.ServiceChannel;

/** A language model that a plugin serves. The operations that the protocol does not have are made of its two. */
record LlmProviderClient(ServiceChannel channel, String name) implements LlmProvider {

    static LlmProviderClient of(ServiceChannel channel) {
        return new LlmProviderClient(
                channel,
                PluginName.ask(
                        channel,
                        LLMServiceGrpc.getNameMethod(),
                        LlmMessages.LLMEmpty.getDefaultInstance(),
                        LlmMessages.LLMName::getName));
    }

    @Override
    public Completion complete(CompletionRequest request) {
        LlmMessages.CompleteRequest.Builder message = LlmMessages.CompleteRequest.newBuilder()
                .setSystem(request.system())
                .setMaxTokens(request.maxTokens())
                .setModel(request.model());
        request.messages()
                .forEach(one -> message.addMessagesBuilder().setRole(one.role()).setText(one.text()));
        return new Completion(channel.call(LLMServiceGrpc.getCompleteMethod(), message.build())
                .getText());
    }
}

package dev.mortise.contracts.grpc;

import dev.mortise.contracts.grpc.console.LLMServiceGrpc;
import dev.mortise.contracts.grpc.console.LlmMessages;
import dev.mortise.contracts.llm.CompletionRequest;
import dev.mortise.contracts.llm.LlmProvider;
import dev.mortise.runtime.process.wire.service.ServiceAnswer;
import io.grpc.stub.StreamObserver;

/** Serves a language model. */
final class LlmProviderServer extends LLMServiceGrpc.LLMServiceImplBase {

    private final LlmProvider provider;

    LlmProviderServer(LlmProvider provider) {
        this.provider = provider;
    }

    @Override
    public void name(LlmMessages.LLMEmpty request, StreamObserver<LlmMessages.LLMName> caller) {
        ServiceAnswer.respond(
                caller,
                () -> LlmMessages.LLMName.newBuilder().setName(provider.name()).build());
    }

    @Override
    public void complete(LlmMessages.CompleteRequest request, StreamObserver<LlmMessages.CompleteResponse> caller) {
        ServiceAnswer.respond(caller, () -> {
            CompletionRequest asked = new CompletionRequest(
                    request.getSystem(),
                    request.getMessagesList().stream()
                            .map(one -> new CompletionRequest.Message(one.getRole(), one.getText()))
                            .toList(),
                    request.getMaxTokens(),
                    request.getModel());
            return LlmMessages.CompleteResponse.newBuilder()
                    .setText(provider.complete(asked).text())
                    .build();
        });
    }
}

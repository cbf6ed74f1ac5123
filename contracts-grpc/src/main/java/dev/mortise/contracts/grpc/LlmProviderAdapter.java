package dev.mortise.contracts.grpc;

import dev.mortise.contracts.grpc.console.LLMServiceGrpc;
import dev.mortise.contracts.llm.LlmProvider;
import dev.mortise.runtime.process.wire.service.ServiceAdapter;
import dev.mortise.runtime.process.wire.service.ServiceChannel;
import io.grpc.BindableService;

/** {@link LlmProvider} as {@code console.plugin.v1.LLMService}. */
public final class LlmProviderAdapter implements ServiceAdapter<LlmProvider> {

    @Override
    public String key() {
        return LlmProvider.KEY;
    }

    @Override
    public Class<LlmProvider> type() {
        return LlmProvider.class;
    }

    @Override
    public String service() {
        return LLMServiceGrpc.SERVICE_NAME;
    }

    @Override
    public LlmProvider client(ServiceChannel channel) {
        return LlmProviderClient.of(channel);
    }

    @Override
    public BindableService server(LlmProvider implementation) {
        return new LlmProviderServer(implementation);
    }
}

package dev.mortise.runtime.process.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.contracts.llm.CompletionRequest;
import dev.mortise.contracts.llm.LlmProvider;
import dev.mortise.contracts.llm.LlmProviderContract;
import dev.mortise.runtime.process.fixture.ProcessPackage;
import dev.mortise.runtime.process.peer.ContractsPlugin;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A language model in Java, in a process of its own. */
class JavaLlmProviderTest extends LlmProviderContract {

    @RegisterExtension
    static final ServiceHost HOST = new ServiceHost(
            folder -> ProcessPackage.java(folder, "llm", "1.0.0", ContractsPlugin.class, "'services':['llm']"));

    @Override
    protected LlmProvider provider() {
        return HOST.service(LlmProvider.class);
    }

    @Override
    protected String model() {
        return "echo-1";
    }

    @Test
    void theWholeConversationArrives() {
        CompletionRequest request = new CompletionRequest(
                "Be brief.",
                List.of(new CompletionRequest.Message("user", "Hello"), new CompletionRequest.Message("user", "there")),
                7,
                "echo-1");

        assertThat(provider().complete(request).text()).isEqualTo("Be brief.|there");
    }
}

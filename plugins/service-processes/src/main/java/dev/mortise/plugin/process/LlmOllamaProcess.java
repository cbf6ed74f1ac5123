package dev.mortise.plugin.process;

import dev.mortise.contracts.llm.LlmProvider;
import dev.mortise.plugin.llmollama.LlmOllama;

/** The models that Ollama runs, as a program. */
public final class LlmOllamaProcess {

    private LlmOllamaProcess() {}

    public static void main(String[] arguments) {
        ServiceProcess.of(LlmProvider.class, new LlmOllama()).serve();
    }
}

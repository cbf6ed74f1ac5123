package dev.mortise.plugin.llmtext;

import java.util.Map;
import java.util.Map.Entry;

/** The public list prices as of March 2026, of the models that a gateway meets most. Local models cost nothing. */
final class ListPrices {

    static final Map<String, Price> BY_MODEL = Map.ofEntries(
            // OpenAI
            entry("gpt-4o", "2.5", "10"),
            entry("gpt-4o-mini", "0.15", "0.6"),
            entry("gpt-4.1", "2", "8"),
            entry("gpt-4.1-mini", "0.4", "1.6"),
            entry("gpt-4.1-nano", "0.1", "0.4"),
            entry("o3-mini", "1.1", "4.4"),
            entry("o3", "10", "40"),
            entry("o4-mini", "1.1", "4.4"),
            // Anthropic
            entry("claude-opus-4-20250514", "5", "25"),
            entry("claude-opus-4-6", "5", "25"),
            entry("claude-sonnet-4-20250514", "3", "15"),
            entry("claude-sonnet-4-6", "3", "15"),
            entry("claude-haiku-4-5-20251001", "0.8", "4"),
            // Google Gemini
            entry("gemini-2.5-pro", "1.25", "10"),
            entry("gemini-2.5-flash", "0.3", "2.5"),
            entry("gemini-2.0-flash", "0.1", "0.4"),
            // Groq
            entry("llama-3.3-70b-versatile", "0.059", "0.079"),
            entry("llama-3.1-8b-instant", "0.05", "0.08"),
            entry("mixtral-8x7b-32768", "0.24", "0.24"),
            // DeepSeek
            entry("deepseek-chat", "0.28", "0.42"),
            entry("deepseek-reasoner", "0.28", "0.42"),
            // xAI
            entry("grok-3", "3", "15"),
            entry("grok-3-mini", "0.3", "0.5"),
            // Mistral
            entry("mistral-large-latest", "2", "6"),
            entry("mistral-small-latest", "0.07", "0.2"),
            entry("codestral-latest", "0.3", "0.9"),
            // Perplexity
            entry("sonar-pro", "3", "15"),
            entry("sonar", "1", "1"),
            // Together, Fireworks, SambaNova
            entry("meta-llama/Llama-3.3-70B-Instruct-Turbo", "0.88", "0.88"),
            // Local models
            entry("llama3.3", "0", "0"),
            entry("ollama/llama3.3", "0", "0"),
            entry("qwen3", "0", "0"),
            entry("ollama/qwen3", "0", "0"),
            entry("phi-4", "0", "0"),
            entry("ollama/phi-4", "0", "0"),
            entry("gemma3", "0", "0"),
            entry("ollama/gemma3", "0", "0"),
            // Embedding models
            entry("text-embedding-3-small", "0.02", "0"),
            entry("text-embedding-3-large", "0.13", "0"),
            entry("text-embedding-ada-002", "0.1", "0"),
            entry("text-embedding-004", "0", "0"),
            entry("mistral-embed", "0.1", "0"),
            entry("nomic-embed-text", "0", "0"),
            entry("mxbai-embed-large", "0", "0"));

    private ListPrices() {}

    private static Entry<String, Price> entry(String model, String input, String output) {
        return Map.entry(model, Price.of(input, output));
    }
}

package dev.mortise.plugin.llmollama;

/**
 * What goes into each request.
 *
 * @param keepAlive how long a model stays in memory; the empty text for the server's own
 * @param contextLength in tokens; 0 for the server's own
 */
public record OllamaDefaults(String keepAlive, int contextLength) {}

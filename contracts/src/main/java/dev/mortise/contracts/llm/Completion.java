package dev.mortise.contracts.llm;

/** What a model has answered. */
public record Completion(String text) {}

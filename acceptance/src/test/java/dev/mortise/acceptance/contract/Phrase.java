package dev.mortise.acceptance.contract;

/** Stands beside the contract, so that both sides know it. */
public record Phrase(String text) {}

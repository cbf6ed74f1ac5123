package dev.mortise.host.model;

/**
 * Why a generation came to be.
 *
 * @param action such as {@code install}
 * @param subject a plugin's id, the generation that a rollback aimed at, or the empty text
 * @param detail for people, such as {@code 1.0.0 → 1.1.0}
 */
public record Cause(String action, String subject, String detail) {}

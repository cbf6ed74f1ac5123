package dev.mortise.host;

/**
 * Who asks for something.
 *
 * @param name a token's name, {@code plugin:} and an id, or {@code host} for the host itself
 * @param via the adapter, such as {@code http}, {@code cli} or {@code embedded}
 */
public record Actor(String name, String via) {

    public static final Actor HOST = new Actor("host", "host");
    public static final Actor EMBEDDER = new Actor("embedder", "embedded");
}

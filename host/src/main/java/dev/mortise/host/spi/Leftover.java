package dev.mortise.host.spi;

/**
 * Something that a stopped plugin left behind.
 *
 * @param kind such as {@code thread}, {@code thread_local}, {@code shutdown_hook}, {@code jdbc_driver}, {@code mbean}
 * @param what names it, for a person to find it in the plugin's source
 * @param cleaned whether the host took it away
 */
public record Leftover(String kind, String what, boolean cleaned) {}

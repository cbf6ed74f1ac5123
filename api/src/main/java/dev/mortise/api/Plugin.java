package dev.mortise.api;

/**
 * A plugin's main class, named by {@code class_name} in its manifest.
 *
 * <p>The host makes one instance per version and configuration with the public no-argument constructor, calls {@link
 * #onLoad} before anything else and {@link #onUnload} after the last call has returned. Functions, listeners and
 * routines are methods annotated with {@link Rpc}, {@link On} and {@link Every}; they run concurrently unless the
 * manifest's {@code limits.concurrency} says otherwise.
 */
public interface Plugin {

    /**
     * Called once, before the plugin takes part in anything. During an upgrade the previous instance is still serving.
     *
     * @throws Exception to refuse to load; the text becomes the reason on the plugin's record
     */
    default void onLoad(PluginContext context) throws Exception {}

    /**
     * Called once, when the last call has returned or its drain deadline has passed. What was registered with {@link
     * PluginContext#closeOnUnload} is closed afterwards.
     */
    default void onUnload() throws Exception {}

    /**
     * Offers a new configuration to the running instance.
     *
     * <p>The default answer {@code false} lets the host start a fresh instance beside this one and swap, so that no
     * call sees both configurations. A plugin that answers {@code true} has taken the configuration over in place;
     * calls under way may then see either. When the change fails later, the previous configuration is offered again.
     *
     * @throws Exception to refuse the configuration; the running one stays
     */
    default boolean onConfigChange(Config next) throws Exception {
        return false;
    }

    /** Asked before the instance takes over and then every so often; it should answer within a second. */
    default Health health() {
        return Health.healthy();
    }
}

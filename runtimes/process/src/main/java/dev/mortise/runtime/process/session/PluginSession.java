package dev.mortise.runtime.process.session;

import dev.mortise.api.CallInfo;
import dev.mortise.api.Decision;
import dev.mortise.api.EventInfo;
import dev.mortise.api.FunctionException;
import dev.mortise.api.HookContext;
import dev.mortise.api.WebhookReply;
import dev.mortise.api.WebhookRequest;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;

/**
 * A connected plugin, in the host's terms. Ends with its connection. Safe for use by several threads; whoever waits in a
 * call and is interrupted cancels it.
 */
public interface PluginSession {

    Offer offer();

    /**
     * @throws FunctionException an expected failure, with the plugin's code
     * @throws PluginFault anything else that the plugin does instead of answering
     * @throws InterruptedException if the thread was interrupted; the plugin is told that nobody waits any more
     */
    JsonValue call(String function, JsonObject params, CallInfo info)
            throws FunctionException, PluginFault, InterruptedException;

    /** @throws PluginFault whatever the plugin does instead of deciding */
    default Decision decide(String hook, HookContext context) throws PluginFault {
        throw new PluginFault("it has no hooks");
    }

    /**
     * @throws PluginFault whatever the plugin does instead of replying
     * @throws InterruptedException as {@link #call} does
     */
    default WebhookReply receive(WebhookRequest request, CallInfo info) throws Exception {
        throw new PluginFault("it receives no webhooks");
    }

    /** @throws PluginFault whatever the plugin does instead of hearing */
    default void hear(EventInfo event, JsonObject payload) throws PluginFault {}

    /**
     * Offers a configuration.
     *
     * @return whether the running plugin has taken it over
     * @throws PluginFault if it refuses it
     */
    default boolean reconfigure(JsonObject config) throws PluginFault {
        return false;
    }
}

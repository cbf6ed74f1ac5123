package dev.mortise.runtime.process.session;

import dev.mortise.api.CallInfo;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;

/** A plugin that does not say what it offers. It runs, for hosts' code that knows its services. */
final class SilentSession implements PluginSession {

    @Override
    public Offer offer() {
        return Offer.NOTHING;
    }

    @Override
    public JsonValue call(String function, JsonObject params, CallInfo info) throws PluginFault {
        throw new PluginFault("it no longer has the function " + function + "; reload it");
    }
}

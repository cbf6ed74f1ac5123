package dev.mortise.testkit.inspector;

import dev.mortise.api.FunctionException;
import dev.mortise.api.Plugin;
import dev.mortise.api.PluginContext;
import dev.mortise.api.Rpc;
import dev.mortise.api.json.JsonValue;
import java.util.Map;

/** Asks the turnstile. */
@SuppressWarnings("NullAway.Init")
public final class Inspector implements Plugin {

    private PluginContext context;

    @Override
    public void onLoad(PluginContext given) {
        context = given;
    }

    @Rpc(description = "What the turnstile says about a session")
    public JsonValue inspect(String session) throws FunctionException {
        return context.call("turnstile.passed", Map.of("session", session));
    }
}

package dev.mortise.host;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.model.Version;
import java.util.List;

/** The functions of all active plugins. */
public interface Functions {

    List<FunctionView> list();

    /** @param name bare, or {@code plugin.function} where the bare one is ambiguous */
    Result<FunctionView> find(String name);

    /** Calls a function and waits for its result, no longer than its deadline. */
    Result<CallResult> call(FunctionCall call);

    /** @param qualifiedName {@code plugin.function}; @param params JSON Schema of the object that it takes */
    record FunctionView(
            String name,
            String qualifiedName,
            PluginId plugin,
            Version version,
            String description,
            JsonObject params,
            JsonObject result,
            boolean idempotent) {}
}

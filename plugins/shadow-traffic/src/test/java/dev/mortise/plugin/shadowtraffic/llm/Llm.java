package dev.mortise.plugin.shadowtraffic.llm;

import dev.mortise.api.FunctionException;
import dev.mortise.api.Plugin;
import dev.mortise.api.PluginContext;
import dev.mortise.api.Rpc;
import dev.mortise.api.json.JsonNull;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import java.util.List;
import java.util.Map;

/** Stands for the plugin that calls models: repeats what it was asked, and notes it down. */
public final class Llm implements Plugin {

    @SuppressWarnings("NullAway.Init") // onLoad comes before everything else
    private PluginContext context;

    @Override
    public void onLoad(PluginContext given) {
        context = given;
    }

    @Rpc(description = "Answers with the request")
    public JsonObject chat(JsonObject request) throws FunctionException {
        String model = request.text("model").orElse("none");
        if (model.equals("away")) {
            throw new FunctionException("model_unavailable", "there is no such model today");
        }
        context.state().increment("calls", 1);
        String said = model + " " + request.get("messages").orElse(JsonNull.NULL) + " "
                + request.get("temperature").orElse(JsonNumber.of(-1)) + " "
                + request.text("provider").orElse("any provider");
        return JsonObject.of("choices", List.of(Map.of("message", Map.of("content", said))))
                .with("usage", Map.of("completion_tokens", 7));
    }

    @Rpc(description = "Tells how often it was asked")
    public long calls() {
        return context.state().increment("calls", 0);
    }
}

package dev.mortise.runtime.process.peer;

import dev.mortise.api.Decision;
import dev.mortise.api.FunctionException;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.runtime.process.sdk.MortisePlugin;
import java.util.List;

/** A plugin for Mortise with everything that it can offer. */
public final class GreeterPlugin {

    private static final JsonObject ANY = JsonObject.of("type", "object");

    private GreeterPlugin() {}

    public static void main(String[] arguments) {
        MortisePlugin plugin = MortisePlugin.create();
        plugin.function(
                        "greet",
                        "Greets somebody",
                        JsonObject.of("type", "object")
                                .with("properties", JsonObject.of("name", JsonObject.of("type", "string")))
                                .with("required", List.of("name")),
                        ANY,
                        (params, info) -> {
                            String name = params.text("name").orElse("");
                            if (name.isEmpty()) {
                                throw new FunctionException("no_name", "a name is needed");
                            }
                            long count = plugin.host().state().increment("greeted", 1);
                            plugin.host().emit("greeted", JsonObject.of("name", name));
                            plugin.host().logger().log(System.Logger.Level.INFO, "greeting " + name);
                            return JsonObject.of(
                                            "message",
                                            plugin.host()
                                                            .config()
                                                            .text("greeting")
                                                            .orElse("Hello") + ", " + name + "!")
                                    .with("count", count)
                                    .with("caller", info.caller());
                        })
                .idempotentFunction(
                        "relay",
                        "Calls another function",
                        ANY,
                        ANY,
                        (params, info) ->
                                plugin.host().call(params.text("function").orElse(""), JsonObject.of("a", 1)))
                .function("fail", "Fails", ANY, ANY, (params, info) -> {
                    throw new IllegalStateException("as it was asked to");
                })
                .hook("", List.of("earlier"), context -> {
                    context.putMetadata("seen", context.metadata("earlier").orElse(JsonValue.of(null)));
                    if (context.body().text("topic").orElse("").equals("forbidden")) {
                        return Decision.block(403, "topic_blocked", "This topic is not available");
                    }
                    return Decision.modify(context.body().with("ring", context.ring()));
                })
                .event("greeted", "Somebody has been greeted", ANY)
                .listener(
                        "measured",
                        "",
                        (event, payload) -> plugin.host().state().set("measured", event.source() + " " + payload))
                .onConfigure((config, first) -> {
                    if (config.has("bad")) {
                        throw new IllegalArgumentException("'bad' is not to be set");
                    }
                    return config.text("greeting").isPresent();
                })
                .serve();
    }
}

package dev.mortise.plugin.demo;

import dev.mortise.api.Emits;
import dev.mortise.api.Event;
import dev.mortise.api.Param;
import dev.mortise.api.Plugin;
import dev.mortise.api.PluginContext;
import dev.mortise.api.Rpc;

/** Answers a ping, echoes a message and says when it is ready. */
@Emits(Demo.Ready.class)
public final class Demo implements Plugin {

    /** In the state store rather than in a field, so that the count goes on after an upgrade. */
    private static final String ECHO_COUNT = "echo_count";

    @SuppressWarnings("NullAway.Init") // onLoad comes before everything else
    private PluginContext context;

    @Override
    public void onLoad(PluginContext given) {
        context = given;
        given.emit(new Ready(given.pluginId(), given.version()));
    }

    @Rpc(description = "Answers, to show that the plugin is there", idempotent = true)
    public Pong ping() {
        return new Pong(true, context.pluginId());
    }

    @Rpc(description = "Gives a message back, with the number of messages so far")
    public Echo echo(
            @Param(defaultValue = "hello", description = "What to give back", maxLength = 10_000) String message) {
        return new Echo(message, context.state().increment(ECHO_COUNT, 1));
    }

    public record Pong(
            boolean pong,

            @Param(description = "The id of the plugin that answered")
            String plugin) {}

    public record Echo(
            String message,

            @Param(description = "Rises by one with every call")
            long tick) {}

    @Event(value = "demo_ready", description = "The plugin has been loaded")
    public record Ready(String plugin, String version) {}
}

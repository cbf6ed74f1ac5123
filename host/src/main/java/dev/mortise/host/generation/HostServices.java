package dev.mortise.host.generation;

import dev.mortise.api.FunctionException;
import dev.mortise.api.StateStore;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.HostEvent;
import dev.mortise.host.Problem;
import dev.mortise.host.Result.Ok;
import dev.mortise.host.Result.Refused;
import dev.mortise.host.event.EventBus;
import dev.mortise.host.event.PluginLog;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.PluginServices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** What the host offers to one plugin. The same for all its instances. */
record HostServices(
        PluginId plugin,
        EventBus events,
        FunctionCalls functions,
        StateStore state,
        Path folder,
        Clock clock,
        PluginLog log)
        implements PluginServices {

    @Override
    public System.Logger logger() {
        return log;
    }

    @Override
    public void emit(String event, JsonObject payload) {
        events.emit(HostEvent.Kind.PLUGIN, event, plugin.value(), payload);
    }

    @Override
    public JsonValue call(String function, JsonObject params) throws FunctionException {
        return switch (functions.callFrom(plugin.value(), function, params)) {
            case Ok<JsonValue>(JsonValue value) -> value;
            case Refused<JsonValue>(Problem problem) ->
                throw new FunctionException(
                        problem.details().text("error").orElse(problem.code().code()),
                        problem.message(),
                        problem.details());
        };
    }

    @Override
    public Path dataDirectory() {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the data directory of " + plugin, e);
        }
    }
}

package dev.mortise.host.generation;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.event.EventBus;
import dev.mortise.host.guard.BreakerListener;
import dev.mortise.host.guard.BreakerState;
import dev.mortise.host.model.PluginId;

/** Tells of each quarantine's begin and end, once. */
record QuarantineNews(EventBus events) implements BreakerListener {

    @Override
    public void changed(PluginId plugin, BreakerState before, BreakerState after) {
        JsonObject data = JsonObject.of("plugin", plugin.value()).with("breaker", after.label());
        switch (after) {
            case BreakerState.Closed _ -> events.lifecycle("quarantine_ended", data);
            case BreakerState.Open(String reason, var _) ->
                events.lifecycle("quarantine_begun", data.with("reason", reason));
            case BreakerState.HalfOpen(String reason) ->
                events.lifecycle("quarantine_probed", data.with("reason", reason));
        }
    }
}

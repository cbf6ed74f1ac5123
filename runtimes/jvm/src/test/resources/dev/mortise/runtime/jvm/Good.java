package com.example;

import dev.mortise.api.CallInfo;
import dev.mortise.api.Config;
import dev.mortise.api.Decision;
import dev.mortise.api.Emits;
import dev.mortise.api.Event;
import dev.mortise.api.EventInfo;
import dev.mortise.api.Every;
import dev.mortise.api.FunctionException;
import dev.mortise.api.Health;
import dev.mortise.api.Hook;
import dev.mortise.api.HookContext;
import dev.mortise.api.On;
import dev.mortise.api.Param;
import dev.mortise.api.PluginContext;
import dev.mortise.api.Rpc;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import java.util.Map;
import java.util.Optional;

/** Uses everything that a plugin can use. */
@Emits(Good.Greeted.class)
public class Good extends Base implements Hook {
    @Event("greeted") public record Greeted(String name, int count) {}
    public record Settings(String greeting, Optional<String> interval) {}
    public record Greeting(String message, @Param("count_so_far") int count) {}
    private PluginContext context;
    private String greeting;
    private int count;
    public void onLoad(PluginContext context) {
        this.context = context;
        greeting = context.config().as(Settings.class).greeting();
        context.closeOnUnload(() -> context.logger().log(System.Logger.Level.INFO, "closed first"));
        context.closeOnUnload(() -> context.logger().log(System.Logger.Level.INFO, "closed second"));
    }
    public void onUnload() { context.logger().log(System.Logger.Level.INFO, "unloaded"); }
    public boolean onConfigChange(Config next) {
        if (next.json().text("greeting").orElse("").isEmpty()) throw new IllegalArgumentException("greeting: say something");
        greeting = next.as(Settings.class).greeting();
        return !greeting.equals("restart");
    }
    public Health health() { return count < 5 ? Health.healthy() : Health.unhealthy("hoarse"); }
    @Rpc(description = "Greets", idempotent = true)
    public Greeting sayHello(@Param(defaultValue = "world", maxLength = 5) String name, CallInfo info) {
        context.emit(new Greeted(name, ++count));
        return new Greeting(greeting + ", " + name + "! from " + info.caller(), count);
    }
    @Rpc(name = "relay") public JsonValue relay(String function) throws FunctionException {
        return context.call(function, Map.of("via", Optional.of(context.pluginId()), "at", context.clock().instant()));
    }
    @Rpc public void nothing() {}
    @Rpc public String refuse() throws FunctionException { throw new FunctionException("no_voice", "lost my voice"); }
    @Rpc public void undeclared() { record Other(int x) {} context.emit(new Other(1)); }
    @On("greeted") public void heard(Greeted event, EventInfo info) {
        context.logger().log(System.Logger.Level.INFO, "heard " + event + " from " + info.source());
    }
    @On(value = "any", from = "other") public void raw(JsonObject event) {
        context.logger().log(System.Logger.Level.INFO, "raw " + event);
    }
    @Every("${interval}") public void tick() { count++; }
    public Decision execute(HookContext c) {
        return c.body().has("bad") ? Decision.block(403, "bad", "no") : Decision.passthrough();
    }
    @Override public int inherited() { return 2; }
}

package {{package}};

import dev.mortise.api.Param;
import dev.mortise.api.Plugin;
import dev.mortise.api.PluginContext;
import dev.mortise.api.Rpc;

/** Greets whoever is named. */
public final class {{class}} implements Plugin {

    private PluginContext context;

    @Override
    public void onLoad(PluginContext given) {
        context = given;
    }

    @Rpc(name = "{{function}}", description = "Greets somebody", idempotent = true)
    public Greeting greet(@Param(value = "name", defaultValue = "world", description = "Who is greeted") String name) {
        return new Greeting(context.config().as(Settings.class).greeting() + ", " + name + "!");
    }

    /** The configuration; its components are the keys that the manifest declares. */
    public record Settings(String greeting) {}

    /** What the function answers; its components become the members of the JSON result. */
    public record Greeting(String message) {}
}

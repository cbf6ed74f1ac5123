package dev.mortise.plugin.helloworld;

import dev.mortise.api.Param;
import dev.mortise.api.Plugin;
import dev.mortise.api.Rpc;

/** Greets whoever is named. */
public final class HelloWorld implements Plugin {

    @Rpc(description = "Greets somebody", idempotent = true)
    public Greeting helloWorld(
            @Param(value = "name", defaultValue = "world", description = "Who is greeted", maxLength = 200)
                    String name) {
        return new Greeting("Hello, " + name + "!");
    }

    public record Greeting(
            @Param(description = "The greeting, ready to be shown")
            String message) {}
}

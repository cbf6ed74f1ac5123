package dev.mortise.plugin.statustcp;

import dev.mortise.api.Plugin;
import dev.mortise.api.PluginContext;
import dev.mortise.contracts.operations.Check;
import dev.mortise.contracts.operations.Component;
import dev.mortise.contracts.operations.StatusProvider;
import dev.mortise.plugin.statusprobe.ProbingProvider;

/** The provider as a plugin. */
@SuppressWarnings("NullAway.Init") // Set by onLoad, before anything is asked.
public final class StatusTcp implements Plugin, StatusProvider {

    private StatusProvider provider;

    @Override
    public void onLoad(PluginContext context) {
        Settings settings = context.config().as(Settings.class);
        provider = new ProbingProvider(name(), TcpProbe::find, settings.limits(), context.executor(), context.clock());
    }

    @Override
    public String name() {
        return "tcp";
    }

    @Override
    public Check check(Component component) {
        return provider.check(component);
    }
}

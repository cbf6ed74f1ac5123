package dev.mortise.plugin.statushttp;

import dev.mortise.api.Plugin;
import dev.mortise.api.PluginContext;
import dev.mortise.contracts.operations.Check;
import dev.mortise.contracts.operations.Component;
import dev.mortise.contracts.operations.StatusProvider;
import dev.mortise.plugin.statusprobe.ProbingProvider;

/** The provider as a plugin. */
@SuppressWarnings("NullAway.Init") // Set by onLoad, before anything is asked.
public final class StatusHttp implements Plugin, StatusProvider {

    private StatusProvider provider;

    @Override
    public void onLoad(PluginContext context) {
        Settings settings = context.config().as(Settings.class);
        HttpProbe probe = new HttpProbe(TrustedServers.by(settings.trustedCertificates()));
        provider = new ProbingProvider(name(), probe, settings.limits(), context.executor(), context.clock());
    }

    @Override
    public String name() {
        return "http";
    }

    @Override
    public Check check(Component component) {
        return provider.check(component);
    }
}

package dev.mortise.runtime.jvm.leftovers;

import dev.mortise.host.spi.Leftover;
import dev.mortise.runtime.jvm.loading.PluginClassLoader;
import java.security.Provider;
import java.security.Security;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Security providers of the plugin. */
final class SecurityProviderBroom implements Broom {

    @Override
    public LeftoverKind kind() {
        return LeftoverKind.SECURITY_PROVIDER;
    }

    @Override
    public List<Leftover> sweep(PluginClassLoader plugin, Duration patience) {
        Belonging belonging = new Belonging(plugin);
        List<Leftover> leftovers = new ArrayList<>();
        for (Provider provider : Security.getProviders()) {
            if (belonging.isOwn(provider)) {
                Security.removeProvider(provider.getName());
                leftovers.add(LeftoverKind.SECURITY_PROVIDER.cleaned(provider.getName() + "; remove it in onUnload"));
            }
        }
        return leftovers;
    }
}

package dev.mortise.runtime.process;

import dev.mortise.host.model.HookDeclaration;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.spi.Contributions;
import dev.mortise.host.spi.PluginStartException;
import dev.mortise.runtime.process.session.Offer;
import dev.mortise.runtime.process.session.PluginSession;
import dev.mortise.runtime.process.supervise.PluginDownException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns what a plugin offers into ways to whichever session it has when it is called. */
final class OfferedContributions {

    /** The plugin as it is now. */
    @FunctionalInterface
    interface Present {
        PluginSession session() throws PluginDownException;
    }

    private OfferedContributions() {}

    /** @throws PluginStartException if the manifest declares a hook that the plugin does not have */
    static Contributions of(Offer offer, Manifest manifest, Present plugin, List<Contributions.Service> services)
            throws PluginStartException {
        return new Contributions(
                offer.functions().stream()
                        .map(function -> new Contributions.Function(
                                function.name(),
                                function.description(),
                                function.params(),
                                function.result(),
                                function.idempotent(),
                                (params, info) -> plugin.session().call(function.name(), params, info)))
                        .toList(),
                offer.events().stream()
                        .map(event -> new Contributions.EventType(event.name(), event.description(), event.payload()))
                        .toList(),
                offer.listeners().stream()
                        .map(listener -> new Contributions.Listener(
                                "hear_" + listener.event(),
                                listener.event(),
                                listener.from(),
                                (event, payload) -> plugin.session().hear(event, payload)))
                        .toList(),
                List.of(),
                hooks(offer, manifest, plugin),
                services);
    }

    private static List<Contributions.Hook> hooks(Offer offer, Manifest manifest, Present plugin)
            throws PluginStartException {
        Set<String> declared =
                manifest.hooks().stream().map(hook -> name(hook, manifest)).collect(Collectors.toSet());
        for (String name : declared) {
            if (!offer.hooks().contains(name)) {
                throw new PluginStartException("its manifest declares the hook '" + name + "', and it offers "
                        + (offer.hooks().isEmpty() ? "none" : "only " + offer.hooks())
                        + "; offer it in Describe, or correct the hook's class_name");
            }
        }
        return offer.hooks().stream()
                .map(name ->
                        new Contributions.Hook(name, context -> plugin.session().decide(name, context)))
                .toList();
    }

    private static String name(HookDeclaration hook, Manifest manifest) {
        return hook.className().or(manifest::className).orElse("");
    }
}

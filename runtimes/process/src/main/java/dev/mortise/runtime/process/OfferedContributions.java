package dev.mortise.runtime.process;

import dev.mortise.host.model.HookDeclaration;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.spi.Contributions;
import dev.mortise.host.spi.PluginStartException;
import dev.mortise.runtime.process.session.Offer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns what a plugin offers into ways to whichever session it has when it is called. */
final class OfferedContributions {

    private OfferedContributions() {}

    /** @throws PluginStartException if the manifest declares a hook that the plugin does not have */
    static Contributions of(
            Offer offer, Manifest manifest, SupervisedPlugin plugin, List<Contributions.Service> services)
            throws PluginStartException {
        return new Contributions(
                offer.functions().stream()
                        .map(function -> new Contributions.Function(
                                function.name(),
                                function.description(),
                                function.params(),
                                function.result(),
                                function.idempotent(),
                                handler(function, plugin)))
                        .toList(),
                offer.events().stream()
                        .map(event -> new Contributions.EventType(event.name(), event.description(), event.payload()))
                        .toList(),
                offer.listeners().stream()
                        .map(listener -> new Contributions.Listener(
                                "hear_" + listener.event(),
                                listener.event(),
                                listener.from(),
                                (event, payload) -> plugin.call(session -> {
                                    session.hear(event, payload);
                                    return event;
                                })))
                        .toList(),
                List.of(),
                hooks(offer, manifest, plugin),
                services,
                offer.webhook()
                        ? Optional.of((request, info) -> plugin.call(session -> session.receive(request, info)))
                        : Optional.empty());
    }

    private static Contributions.FunctionHandler handler(Offer.Function function, SupervisedPlugin plugin) {
        String name = function.name();
        return function.idempotent()
                ? (params, info) -> plugin.callRepeatably(session -> session.call(name, params, info), info.deadline())
                : (params, info) -> plugin.call(session -> session.call(name, params, info));
    }

    private static List<Contributions.Hook> hooks(Offer offer, Manifest manifest, SupervisedPlugin plugin)
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
                // No code of the plugin runs in this process, and a thread that waits for its answer can be
                // interrupted.
                .map(name -> new Contributions.Hook(
                        name, context -> plugin.call(session -> session.decide(name, context)), true))
                .toList();
    }

    private static String name(HookDeclaration hook, Manifest manifest) {
        return hook.className().or(manifest::className).orElse("");
    }
}

package dev.mortise.gateway;

import dev.mortise.host.model.PluginId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds out who is to be asked for what. */
final class ModelRouter {

    /**
     * Somebody to ask.
     *
     * @param model as the provider calls it; the empty text for its own choice
     */
    record Target(PluginId provider, String model) {}

    /**
     * What a model's name comes to.
     *
     * @param alias the name that the client used, if it stands for another
     * @param targets whom to ask, and in which order; nobody if there is none
     */
    record Route(Optional<String> alias, List<Target> targets) {
        Route {
            targets = List.copyOf(targets);
        }

        /** Asks this provider first, if it is there. */
        Route preferring(PluginId provider, List<PluginId> offered) {
            if (!offered.contains(provider) || targets.isEmpty()) {
                return this;
            }
            List<Target> reordered = new ArrayList<>();
            reordered.add(new Target(provider, targets.getFirst().model()));
            targets.stream()
                    .filter(target -> !target.provider().equals(provider))
                    .forEach(reordered::add);
            return new Route(alias, reordered);
        }
    }

    private final GatewaySettings settings;

    ModelRouter(GatewaySettings settings) {
        this.settings = settings;
    }

    /**
     * Looks a model up.
     *
     * @param model as it stands in the request; the empty text for none
     * @param offered who could be asked, as the host prefers them
     */
    Route route(String model, List<PluginId> offered) {
        String name = settings.models().getOrDefault(model, model);
        Optional<String> alias = name.equals(model) ? Optional.empty() : Optional.of(model);
        Optional<Target> named = named(name, offered);
        if (named.isPresent() && alias.isEmpty()) {
            // Whoever names a provider means that one.
            return new Route(alias, List.of(named.get()));
        }
        String plain = named.map(Target::model).orElse(name);
        Set<PluginId> order = new LinkedHashSet<>();
        named.ifPresent(target -> order.add(target.provider()));
        order.addAll(order(offered));
        return new Route(
                alias,
                order.stream().map(provider -> new Target(provider, plain)).toList());
    }

    private static Optional<Target> named(String name, List<PluginId> offered) {
        int slash = name.indexOf('/');
        return offered.stream()
                .filter(provider -> slash > 0 && provider.value().equals(name.substring(0, slash)))
                .findFirst()
                .map(provider -> new Target(provider, name.substring(slash + 1)));
    }

    private List<PluginId> order(List<PluginId> offered) {
        if (!settings.providers().isEmpty()) {
            return settings.providers().stream().filter(offered::contains).toList();
        }
        return preferred(offered).map(List::of).orElse(List.of());
    }

    private Optional<PluginId> preferred(List<PluginId> offered) {
        return offered.stream()
                .filter(provider -> !settings.lastResort().contains(provider))
                .findFirst()
                .or(() -> offered.stream().findFirst());
    }
}

package dev.mortise.gateway;

import dev.mortise.host.model.PluginId;
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
     * @param ofProvider whether the name holds that of a provider
     * @param model as providers call it; the empty text for their own choice
     * @param providers whom to ask, and in which order; nobody if there is none
     */
    record Route(Optional<String> alias, boolean ofProvider, String model, List<PluginId> providers) {
        Route {
            providers = List.copyOf(providers);
        }

        List<Target> targets() {
            return providers.stream()
                    .map(provider -> new Target(provider, model))
                    .toList();
        }

        Optional<PluginId> first() {
            return providers.stream().findFirst();
        }

        /** The same providers are asked for another model. */
        Route asking(String other) {
            return new Route(alias, ofProvider, other, providers);
        }

        /** Asks this provider first, if it is there. */
        Route preferring(PluginId provider, List<PluginId> offered) {
            if (!offered.contains(provider) || providers.isEmpty()) {
                return this;
            }
            Set<PluginId> reordered = new LinkedHashSet<>();
            reordered.add(provider);
            reordered.addAll(providers);
            return new Route(alias, ofProvider, model, List.copyOf(reordered));
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
        String plain = named.map(Target::model).orElse(name);
        Set<PluginId> order = new LinkedHashSet<>();
        named.ifPresent(target -> order.add(target.provider()));
        // Whoever names a provider means that one.
        if (named.isEmpty() || alias.isPresent()) {
            order.addAll(order(offered));
        }
        return new Route(alias, named.isPresent(), plain, List.copyOf(order));
    }

    /**
     * Looks up the model that a hook has put in the place of the one that a route leads to. Whoever was named for the one
     * is asked for the other too, unless its own name says who is.
     */
    Route instead(Route of, String model, List<PluginId> offered) {
        Route other = route(model, offered);
        return of.ofProvider() && !other.ofProvider() && other.alias().isEmpty() ? of.asking(model) : other;
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

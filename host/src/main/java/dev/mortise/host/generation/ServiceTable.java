package dev.mortise.host.generation;

import dev.mortise.api.ServiceException;
import dev.mortise.host.PluginView;
import dev.mortise.host.Services.ServiceView;
import dev.mortise.host.model.Placement;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.ServiceContract;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who implements which contract, in one generation. */
final class ServiceTable {

    private static final int DEFAULT_PRIORITY = 100;

    private record Offer(LiveService service, int priority) {}

    private final ServiceCatalog catalog;
    private final SortedMap<String, List<Offer>> offers = new TreeMap<>();

    ServiceTable(ServiceCatalog catalog, Collection<Member> members) {
        this.catalog = catalog;
        for (Member member : members) {
            member.instance().ifPresent(instance -> instance.services().forEach(service -> add(member, service)));
        }
        Comparator<Offer> order = Comparator.comparingInt(Offer::priority)
                .thenComparing(offer -> offer.service().instance().id());
        offers.values().forEach(list -> list.sort(order));
    }

    private void add(Member member, LiveService service) {
        String key = service.contract().key();
        int priority = placement(member, key).orElse(DEFAULT_PRIORITY);
        offers.computeIfAbsent(key, _ -> new ArrayList<>()).add(new Offer(service, priority));
    }

    private static OptionalInt placement(Member member, String key) {
        return member.entry().placement(Placement.SERVICE + key).priority();
    }

    /** What a plugin implements by its manifest, also while it does not run. */
    List<PluginView.ServiceOffer> offers(Member member) {
        return member.manifest().services().stream()
                .map(key -> new PluginView.ServiceOffer(
                        key,
                        placement(member, key).orElse(DEFAULT_PRIORITY),
                        placement(member, key).isPresent() ? "operator" : "default",
                        isPreferred(member.id(), key)))
                .toList();
    }

    private boolean isPreferred(PluginId plugin, String key) {
        return offers.getOrDefault(key, List.of()).stream()
                .findFirst()
                .filter(offer -> offer.service().instance().id().equals(plugin))
                .isPresent();
    }

    ServiceCatalog catalog() {
        return catalog;
    }

    List<PluginId> providers(ServiceContract<?> contract) {
        return offers.getOrDefault(contract.key(), List.of()).stream()
                .map(offer -> offer.service().instance().id())
                .toList();
    }

    /** @param provider the plugin that is meant, or null for the preferred one */
    LiveService find(ServiceContract<?> contract, @Nullable PluginId provider) {
        Optional<LiveService> found = offers.getOrDefault(contract.key(), List.of()).stream()
                .map(Offer::service)
                .filter(service -> provider == null || service.instance().id().equals(provider))
                .findFirst();
        return found.orElseThrow(() -> new ServiceException(
                ServiceException.Kind.UNAVAILABLE,
                provider == null
                        ? "no active plugin implements the service '" + contract.key() + "'; install or enable one"
                        : "the plugin '" + provider + "' is not active, or does not implement the service '"
                                + contract.key() + "'"));
    }

    List<ServiceView> views() {
        List<ServiceView> views = new ArrayList<>();
        offers.forEach((key, list) -> list.forEach(offer -> views.add(new ServiceView(
                key,
                offer.service().contract().type().getName(),
                offer.service().instance().id(),
                offer.service().instance().version(),
                offer.priority(),
                offer == list.getFirst()))));
        return views;
    }
}

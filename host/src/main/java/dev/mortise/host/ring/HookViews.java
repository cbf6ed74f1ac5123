package dev.mortise.host.ring;

import dev.mortise.host.PluginView;
import dev.mortise.host.RingDefinition;
import dev.mortise.host.model.FailPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What there is to see of a plugin's hooks, whether it runs or not. */
public final class HookViews {

    private final RingCatalog rings;

    public HookViews(RingCatalog rings) {
        this.rings = rings;
    }

    /** @param running by the number of their place; none while the plugin does not run */
    public List<PluginView.HookView> of(List<HookPlace> places, Map<Integer, RingHook> running) {
        return places.stream()
                .map(place -> of(place, Optional.ofNullable(running.get(place.index()))))
                .toList();
    }

    private PluginView.HookView of(HookPlace place, Optional<RingHook> running) {
        return new PluginView.HookView(
                place.declared().on(),
                place.className(),
                place.priority(),
                place.prioritySource(),
                failPolicy(place),
                place.failPolicySource(),
                place.declared().timeout(),
                place.declared().before(),
                place.declared().after(),
                running.map(RingHook::blocks).orElse(0L),
                running.map(RingHook::bypassed).orElse(0L));
    }

    private Optional<FailPolicy> failPolicy(HookPlace place) {
        Optional<RingDefinition> ring = rings.find(place.declared().on());
        return ring.map(place::failPolicy)
                .or(() -> place.placement().failPolicy())
                .or(() -> place.declared().failPolicy());
    }
}

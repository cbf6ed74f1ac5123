package dev.mortise.host.generation;

import dev.mortise.host.PluginView;
import dev.mortise.host.ring.HookPlace;
import dev.mortise.host.ring.HookViews;
import dev.mortise.host.ring.RingCatalog;
import dev.mortise.host.ring.RingHook;
import dev.mortise.host.ring.RingLogs;
import dev.mortise.host.ring.RingTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The places where this host lets plugins take part, which every generation fills with what it has. */
record DispatchPoints(RingCatalog rings, RingLogs logs, ServiceCatalog contracts) {

    RingTable rings(Collection<Member> members) {
        List<RingTable.Entry> entries = new ArrayList<>();
        for (Member member : members) {
            member.instance().ifPresent(instance -> {
                Map<Integer, RingHook> hooks = instance.hooks();
                for (HookPlace place : HookPlace.of(member.entry(), member.manifest())) {
                    RingHook hook = hooks.get(place.index());
                    if (hook != null) {
                        entries.add(new RingTable.Entry(place, hook));
                    }
                }
            });
        }
        return new RingTable(rings, logs, entries);
    }

    /** What a plugin's hooks are, also while it does not run. */
    List<PluginView.HookView> hookViews(Member member) {
        return new HookViews(rings)
                .of(
                        HookPlace.of(member.entry(), member.manifest()),
                        member.instance().map(LiveInstance::hooks).orElse(Map.of()));
    }

    ServiceTable services(Collection<Member> members) {
        return new ServiceTable(contracts, members);
    }
}

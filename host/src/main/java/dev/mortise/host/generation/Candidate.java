package dev.mortise.host.generation;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.event.EventBus;
import dev.mortise.host.model.GenerationRecord;
import dev.mortise.host.model.PluginId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A generation in the making: what it shares with the live one, and what has been started or reconfigured for it. */
final class Candidate {

    private record Reconfigured(LiveInstance instance, JsonObject before) {}

    private final SortedMap<PluginId, Member> members = new TreeMap<>();
    private final List<LiveInstance> started = new ArrayList<>();
    private final List<Reconfigured> reconfigured = new ArrayList<>();
    private final SortedSet<PluginId> changed = new TreeSet<>();

    void share(Member member) {
        members.put(member.id(), member);
    }

    void started(Member member, LiveInstance instance) {
        members.put(member.id(), member);
        started.add(instance);
        changed.add(member.id());
    }

    void reconfigured(Member member, LiveInstance instance, JsonObject before) {
        members.put(member.id(), member);
        reconfigured.add(new Reconfigured(instance, before));
        changed.add(member.id());
    }

    SortedMap<PluginId, Member> members() {
        return members;
    }

    List<LiveInstance> started() {
        return started;
    }

    /** Plugins whose running code or configuration is another one. */
    SortedSet<PluginId> changed() {
        return changed;
    }

    /** The generation, ready to be published. */
    LiveGeneration generation(GenerationRecord record, DispatchPoints points) {
        started.forEach(LiveInstance::activate);
        return new LiveGeneration(record, members, points);
    }

    /** The generation is live and durable: its routines begin. */
    void settle(EventBus events) {
        for (LiveInstance instance : started) {
            instance.startRoutines();
            events.lifecycle(
                    "plugin_loaded",
                    JsonObject.of("plugin", instance.id().value())
                            .with("version", instance.version().value()));
        }
    }

    /** Gives reconfigured instances their old configuration back. What was started is left to be retired. */
    void withdraw() {
        reconfigured.forEach(one -> one.instance().reconfigure(one.before()));
    }

    /** Nothing of it has been published: everything that was started for it is stopped, dependents first. */
    void abandon() {
        withdraw();
        started.reversed().forEach(LiveInstance::stop);
    }
}

package dev.mortise.host.generation;

import dev.mortise.host.model.GenerationRecord;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.ring.RingTable;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/**
 * A generation in operation: its members and their dispatch tables, which never change, and the lease of the calls that
 * are under way in it.
 */
final class LiveGeneration {

    private final GenerationRecord record;
    private final SortedMap<PluginId, Member> members;
    private final FunctionTable functions;
    private final ListenerTable listeners;
    private final RingTable rings;
    private final ServiceTable services;
    private final WebhookTable webhooks;
    private final Lease lease = new Lease();
    private final CountDownLatch drained = new CountDownLatch(1);

    LiveGeneration(GenerationRecord record, SortedMap<PluginId, Member> members, DispatchPoints points) {
        this.record = record;
        this.members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
        functions = new FunctionTable(members.values());
        listeners = new ListenerTable(members.values());
        rings = points.rings(members.values());
        services = points.services(members.values());
        webhooks = new WebhookTable(members.values());
    }

    long number() {
        return record.number();
    }

    GenerationRecord record() {
        return record;
    }

    SortedMap<PluginId, Member> members() {
        return members;
    }

    FunctionTable functions() {
        return functions;
    }

    ListenerTable listeners() {
        return listeners;
    }

    RingTable rings() {
        return rings;
    }

    ServiceTable services() {
        return services;
    }

    WebhookTable webhooks() {
        return webhooks;
    }

    List<LiveInstance> instances() {
        return members.values().stream()
                .flatMap(member -> member.instance().stream())
                .toList();
    }

    /** Enters; {@link #leave} must follow if it succeeds. A retired generation lets nobody in. */
    boolean enter() {
        return lease.acquire();
    }

    void leave() {
        if (lease.release()) {
            drained.countDown();
        }
    }

    int callsUnderWay() {
        return lease.inside();
    }

    /** Lets nobody in from now on. To be called once. */
    void retire() {
        if (lease.close()) {
            drained.countDown();
        }
    }

    /** Calls that are still under way are not waited for any longer. */
    void giveUp() {
        drained.countDown();
    }

    /** Opens when it is retired and the last call has left. */
    CountDownLatch drained() {
        return drained;
    }
}

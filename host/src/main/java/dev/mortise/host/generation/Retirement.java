package dev.mortise.host.generation;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.PluginView.RetiredView;
import dev.mortise.host.event.EventBus;
import dev.mortise.host.model.Digest;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.Leftover;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Sees old generations off: when the last call has left one, or its drain deadline has passed, the instances that no
 * other generation holds are stopped, and then watched until they are gone from memory.
 */
final class Retirement {

    private final EventBus events;
    private final Map<LiveInstance, Integer> holders = new HashMap<>();
    private final Set<LiveInstance> draining = ConcurrentHashMap.newKeySet();
    private final Map<Long, StoppedInstance> stopped = new ConcurrentHashMap<>();
    private final Map<Thread, LiveGeneration> drains = new ConcurrentHashMap<>();

    Retirement(EventBus events) {
        this.events = events;
    }

    /** Notes that a generation holds its instances. To be called before it is published. */
    synchronized void hold(LiveGeneration generation) {
        generation.instances().forEach(instance -> holders.merge(instance, 1, Integer::sum));
    }

    /** Lets nobody into the old generation any more and drains it in the background. */
    void retire(LiveGeneration old, LiveGeneration successor) {
        old.retire();
        Set<LiveInstance> staying = new HashSet<>(successor.instances());
        List<LiveInstance> leaving =
                old.instances().stream().filter(one -> !staying.contains(one)).toList();
        leaving.forEach(LiveInstance::quiesce);
        draining.addAll(leaving);
        Duration patience = patience(old, leaving);
        Thread drain = Thread.ofVirtual().name("mortise-drain-" + old.number()).unstarted(() -> {
            try {
                drain(old, patience);
            } finally {
                drains.remove(Thread.currentThread());
            }
        });
        drains.put(drain, old);
        drain.start();
    }

    private static Duration patience(LiveGeneration old, List<LiveInstance> leaving) {
        // Where there is nothing to stop there is nothing to wait for.
        Duration otherwise = old.instances().isEmpty() ? Duration.ZERO : Duration.ofMinutes(10);
        return leaving.stream()
                .map(instance -> instance.limits().drainDeadline())
                .max(Duration::compareTo)
                .orElse(otherwise);
    }

    /** Waits until every drain that has begun has ended, and has none wait for its calls longer than this. */
    void await(Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        for (Map.Entry<Thread, LiveGeneration> drain : Map.copyOf(drains).entrySet()) {
            if (!drain.getKey().join(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
                drain.getValue().giveUp();
                drain.getKey().join();
            }
        }
    }

    private void drain(LiveGeneration old, Duration patience) {
        try {
            // On running out of patience the calls still inside are stopped together with their instances.
            old.drained().await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        StopOrder.of(old.members().values()).stream()
                .flatMap(member -> member.instance().stream())
                .filter(this::letGo)
                .forEach(this::stop);
    }

    /** @return whether no generation holds it any more */
    private synchronized boolean letGo(LiveInstance instance) {
        return holders.merge(instance, -1, (count, one) -> count + one == 0 ? null : count + one) == null;
    }

    private void stop(LiveInstance instance) {
        List<Leftover> leftovers = instance.stop();
        stopped.put(
                instance.number(),
                new StoppedInstance(
                        instance.number(), instance.id(), instance.version().value(), instance.plugin(), leftovers));
        draining.remove(instance);
        events.lifecycle(
                "plugin_unloaded",
                JsonObject.of("plugin", instance.id().value())
                        .with("version", instance.version().value())
                        .with("leftovers", leftovers.size()));
        forgetTheGone();
    }

    private void forgetTheGone() {
        stopped.values().removeIf(StoppedInstance::isGone);
    }

    /** The packages that draining instances still run from. */
    Stream<Digest> digests() {
        return draining.stream().map(LiveInstance::digest);
    }

    int leaked() {
        forgetTheGone();
        return (int)
                stopped.values().stream().filter(StoppedInstance::hasLeaked).count();
    }

    List<RetiredView> views(PluginId id) {
        forgetTheGone();
        List<RetiredView> views = new ArrayList<>();
        draining.stream()
                .filter(instance -> instance.id().equals(id))
                .map(instance ->
                        new RetiredView(instance.number(), instance.version().value(), "draining", List.of()))
                .forEach(views::add);
        stopped.values().stream()
                .filter(instance -> instance.plugin().equals(id))
                .map(StoppedInstance::view)
                .forEach(views::add);
        return views;
    }
}

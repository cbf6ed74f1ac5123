package dev.mortise.host.generation;

import dev.mortise.host.Audit;
import dev.mortise.host.Events;
import dev.mortise.host.Functions;
import dev.mortise.host.Generations;
import dev.mortise.host.HostStatus;
import dev.mortise.host.HostStatus.Phase;
import dev.mortise.host.Mortise;
import dev.mortise.host.Plugins;
import dev.mortise.host.Rings;
import dev.mortise.host.Services;
import dev.mortise.host.Tokens;
import dev.mortise.host.Traces;
import dev.mortise.host.Webhooks;
import dev.mortise.host.model.Limits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** A host that has been put together, and the way it ends. */
final class LiveHost implements Mortise {

    private final HostParts parts;
    private final AtomicReference<Phase> phase;

    LiveHost(HostParts parts, AtomicReference<Phase> phase) {
        this.parts = parts;
        this.phase = phase;
    }

    @Override
    public Plugins plugins() {
        return parts.plugins();
    }

    @Override
    public Functions functions() {
        return parts.functions();
    }

    @Override
    public Generations generations() {
        return parts.history();
    }

    @Override
    public Events events() {
        return parts.events();
    }

    @Override
    public Traces traces() {
        return parts.traces();
    }

    @Override
    public Rings rings() {
        return parts.rings();
    }

    @Override
    public Services services() {
        return parts.services();
    }

    @Override
    public Webhooks webhooks() {
        return parts.webhooks();
    }

    @Override
    public Tokens tokens() {
        return parts.tokens();
    }

    @Override
    public Audit audit() {
        return parts.audit();
    }

    @Override
    public HostStatus status() {
        LiveGeneration live = parts.current().get();
        int active = 0;
        int failed = 0;
        int disabled = 0;
        for (Member member : live.members().values()) {
            switch (member.standing()) {
                case Member.Running _ -> active++;
                case Member.Failed _ -> failed++;
                case Member.Disabled _ -> disabled++;
            }
        }
        return new HostStatus(
                HostVersion.CURRENT.value(),
                phase.get(),
                parts.startedAt(),
                live.number(),
                active,
                failed,
                disabled,
                live.callsUnderWay(),
                parts.retirement().leaked(),
                List.copyOf(parts.runtimes().keySet()));
    }

    /** How long the calls under way have to finish. */
    private static Duration patience(LiveGeneration last) {
        return last.instances().stream()
                .map(instance -> instance.limits().drainDeadline())
                .max(Duration::compareTo)
                .orElse(Limits.DEFAULT.drainDeadline());
    }

    @Override
    public void close() {
        if (!phase.compareAndSet(Phase.READY, Phase.DRAINING)) {
            return;
        }
        parts.probation().close();
        parts.engine().close();
        LiveGeneration last = parts.current().get();
        LiveGeneration none = HostAssembly.empty(last.record(), parts.points());
        parts.current().publish(none);
        parts.retirement().retire(last, none);
        try {
            parts.retirement().await(patience(last));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        phase.set(Phase.CLOSED);
        parts.release();
    }
}

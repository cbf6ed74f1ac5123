package dev.mortise.host.ring;

import dev.mortise.host.RingDefinition;
import dev.mortise.host.model.FailPolicy;
import java.util.List;

/** A ring of one generation: its hooks in their order. */
final class RingSequence {

    private final RingDefinition definition;
    private final RingLog log;
    private final Step[] steps;

    RingSequence(RingDefinition definition, RingLog log, List<Step> steps) {
        this.definition = definition;
        this.log = log;
        this.steps = steps.toArray(Step[]::new);
    }

    record Step(HookPlace place, String why, RingHook hook, FailPolicy failPolicy) {}

    RingDefinition definition() {
        return definition;
    }

    String name() {
        return definition.name();
    }

    RingLog log() {
        return log;
    }

    int length() {
        return steps.length;
    }

    Step step(int index) {
        return steps[index];
    }
}

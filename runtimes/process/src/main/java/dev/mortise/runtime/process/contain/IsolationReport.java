package dev.mortise.runtime.process.contain;

import dev.mortise.host.model.IsolationLevel;
import dev.mortise.host.spi.Isolation;
import dev.mortise.runtime.process.sandbox.SandboxLayer;
import dev.mortise.runtime.process.sandbox.SandboxLevel;
import dev.mortise.runtime.process.sandbox.SandboxTier;
import java.util.stream.Stream;

/** Says in the host's terms what a sandbox is. */
final class IsolationReport {

    private IsolationReport() {}

    static Isolation of(SandboxLevel level) {
        return new Isolation(
                level(level.tier()),
                level.strategy(),
                level.layers().entrySet().stream()
                        .map(entry -> new Isolation.Layer(
                                entry.getKey().code(),
                                needed(entry.getKey()),
                                entry.getValue().isInForce(),
                                entry.getValue().text()))
                        .toList());
    }

    static SandboxTier tier(IsolationLevel level) {
        return switch (level) {
            case PLAIN -> SandboxTier.PLAIN;
            case CONFINED -> SandboxTier.CONFINED;
            case ISOLATED -> SandboxTier.ISOLATED;
            case METERED -> SandboxTier.METERED;
        };
    }

    private static IsolationLevel level(SandboxTier tier) {
        return switch (tier) {
            case PLAIN -> IsolationLevel.PLAIN;
            case CONFINED -> IsolationLevel.CONFINED;
            case ISOLATED -> IsolationLevel.ISOLATED;
            case METERED -> IsolationLevel.METERED;
        };
    }

    private static IsolationLevel needed(SandboxLayer layer) {
        return Stream.of(SandboxTier.values())
                .filter(tier -> tier.layers().contains(layer))
                .findFirst()
                .map(IsolationReport::level)
                .orElseThrow();
    }
}

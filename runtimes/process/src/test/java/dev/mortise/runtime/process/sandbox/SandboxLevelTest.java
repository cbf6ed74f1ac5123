package dev.mortise.runtime.process.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SandboxLevelTest {

    private static SandboxLevel with(SandboxTier tier) {
        Map<SandboxLayer, LayerState> layers = new EnumMap<>(SandboxLayer.class);
        tier.layers().forEach(layer -> layers.put(layer, LayerState.inForce("something")));
        return new SandboxLevel("kernel", layers);
    }

    @Test
    void reachesTheTierWhoseLayersAreAllInForce() {
        for (SandboxTier tier : SandboxTier.values()) {
            assertThat(with(tier).tier()).isEqualTo(tier);
            assertThat(with(tier).lacking(tier)).isEmpty();
        }
    }

    @Test
    void eachTierHasAllThatTheOneBeforeHas() {
        SandboxTier[] tiers = SandboxTier.values();
        for (int i = 1; i < tiers.length; i++) {
            assertThat(tiers[i].layers()).containsAll(tiers[i - 1].layers());
        }
    }

    @Test
    void saysWhatIsLackingAndWhy() {
        Map<SandboxLayer, LayerState> layers =
                new EnumMap<>(with(SandboxTier.METERED).layers());
        layers.put(SandboxLayer.MEMORY, LayerState.absent("no control group"));
        SandboxLevel level = new SandboxLevel("kernel", layers);
        assertThat(level.tier()).isEqualTo(SandboxTier.ISOLATED);
        assertThat(level.lacking(SandboxTier.METERED)).containsExactly("memory: no control group");
        assertThat(level.lines()).contains("memory: NOT in force: no control group", "files: something");
    }
}

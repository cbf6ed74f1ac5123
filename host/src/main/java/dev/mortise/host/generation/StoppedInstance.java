package dev.mortise.host.generation;

import dev.mortise.host.PluginView.RetiredView;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.Leftover;
import dev.mortise.host.spi.PluginInstance;
import java.util.List;
import java.util.stream.Stream;

/** An instance that has been stopped and released, and may still be in memory. */
record StoppedInstance(
        long number, PluginId plugin, String version, PluginInstance instance, List<Leftover> leftovers) {

    boolean isGone() {
        return instance.isCollected();
    }

    boolean hasLeaked() {
        return !instance.remains().isEmpty();
    }

    RetiredView view() {
        List<Leftover> remains = instance.remains();
        return new RetiredView(
                number,
                version,
                remains.isEmpty() ? "released" : "leaked",
                Stream.concat(leftovers.stream(), remains.stream()).distinct().toList());
    }
}

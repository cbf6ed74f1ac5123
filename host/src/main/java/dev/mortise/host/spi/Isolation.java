package dev.mortise.host.spi;

import dev.mortise.host.model.IsolationLevel;
import java.util.List;

/**
 * What a plugin is kept in.
 *
 * @param level the highest one whose layers are all in force
 * @param mechanism what it is made with, such as {@code kernel} or {@code bubblewrap}
 * @param layers all that the runtime knows of, whether in force or not
 */
public record Isolation(IsolationLevel level, String mechanism, List<Layer> layers) {

    public Isolation {
        layers = List.copyOf(layers);
    }

    /**
     * One thing that is taken from a plugin.
     *
     * @param name for programs, such as {@code no_new_privileges}
     * @param needed the lowest level that it belongs to
     * @param detail by what it is in force, or why it is not and what would help
     */
    public record Layer(String name, IsolationLevel needed, boolean inForce, String detail) {}

    /** What this lacks of a level; empty if it reaches it. */
    public List<Layer> lacking(IsolationLevel wanted) {
        return layers.stream()
                .filter(layer -> !layer.inForce() && wanted.reaches(layer.needed()))
                .toList();
    }
}

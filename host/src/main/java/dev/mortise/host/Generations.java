package dev.mortise.host;

import dev.mortise.host.model.GenerationRecord;
import java.util.List;

/** The history of a host. */
public interface Generations {

    /** The number of the live one. */
    long current();

    /** The newest first. */
    List<GenerationView> list();

    Result<GenerationView> find(long number);

    /**
     * @param difference what it changed, one line a plugin, such as {@code demo 1.0.0 → 1.1.0}; against the one before
     *     it, or against nothing where that is no longer kept
     */
    record GenerationView(GenerationRecord record, boolean live, List<String> difference) {}
}

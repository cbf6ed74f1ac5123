package dev.mortise.contracts.llm;

import dev.mortise.api.json.JsonObject;

/** Takes the pieces of an answer as they come. Used by one thread at a time. */
@FunctionalInterface
public interface ChunkSink {

    /**
     * Passes a piece on. Waits while too many are on their way.
     *
     * @throws dev.mortise.api.ServiceException with {@code CANCELLED} when nobody wants more; it is to be let through
     */
    void accept(JsonObject chunk);
}

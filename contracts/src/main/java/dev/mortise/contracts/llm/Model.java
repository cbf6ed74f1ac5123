package dev.mortise.contracts.llm;

import dev.mortise.api.json.JsonObject;

/**
 * A model that clients may ask for.
 *
 * @param created when, in seconds since the epoch; 0 if that is not known
 */
public record Model(String id, long created, String ownedBy) {

    /** As the OpenAI API has it. */
    public JsonObject toJson() {
        return JsonObject.of("id", id)
                .with("object", "model")
                .with("created", created)
                .with("owned_by", ownedBy);
    }
}

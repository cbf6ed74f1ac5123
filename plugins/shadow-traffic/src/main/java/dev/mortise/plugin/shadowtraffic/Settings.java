package dev.mortise.plugin.shadowtraffic;

import dev.mortise.api.Param;
import dev.mortise.api.json.JsonObject;

/**
 * The configuration, as the manifest describes it.
 *
 * @param function takes a chat completion request and returns the response
 */
record Settings(
        @Param("shadow_model") String shadowModel,
        @Param("shadow_provider") String shadowProvider,
        @Param("sample_rate") double sampleRate,
        @Param("store_responses") boolean storeResponses,
        @Param("max_comparisons") int maxComparisons,
        String function) {

    /** The same prompt and parameters, for the other model and in one piece. */
    JsonObject shadowRequest(JsonObject body) {
        JsonObject request = body.without("stream").without("stream_options").with("model", shadowModel);
        return shadowProvider.isEmpty() ? request : request.with("provider", shadowProvider);
    }
}

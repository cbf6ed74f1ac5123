package dev.mortise.gateway;

import dev.mortise.api.ServiceException;
import dev.mortise.api.json.JsonObject;

/** What comes of asking a provider. All but a chunk are the last event of their call. */
sealed interface UpstreamEvent {

    record Chunk(JsonObject json) implements UpstreamEvent {}

    /** No more chunks. */
    record End() implements UpstreamEvent {}

    /** All of it at once. */
    record Answer(JsonObject json) implements UpstreamEvent {}

    record Failure(ServiceException reason) implements UpstreamEvent {}
}

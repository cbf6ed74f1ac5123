package dev.mortise.plugin.llmopenai;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.llm.ChunkSink;
import dev.mortise.contracts.llm.UpstreamError;
import dev.mortise.plugin.llmupstream.AnswerReader;
import dev.mortise.plugin.llmupstream.ServerJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Passes on each chunk as it comes, up to the server's {@code [DONE]}; some leave that out after the last chunk. */
final class ChunkReader implements AnswerReader {

    private final EventData events = new EventData();
    private final ChunkSink sink;
    private boolean complete;

    ChunkReader(ChunkSink sink) {
        this.sink = sink;
    }

    @Override
    public boolean read(byte[] piece) throws IOException {
        for (byte[] data : events.add(piece)) {
            if (isDone(data)) {
                return true;
            }
            JsonObject chunk = chunk(data);
            complete |= isLast(chunk);
            sink.accept(chunk);
        }
        return false;
    }

    @Override
    public void end() {
        if (!complete) {
            throw new ServiceException(Kind.FAILED, "the model's server ended its stream in the middle");
        }
    }

    private static boolean isDone(byte[] data) {
        return data.length < 16
                && new String(data, StandardCharsets.UTF_8).strip().equals("[DONE]");
    }

    private static boolean isLast(JsonObject chunk) {
        return chunk.array("choices").orElse(JsonArray.EMPTY).values().stream()
                .anyMatch(choice -> choice instanceof JsonObject object
                        && object.text("finish_reason").isPresent());
    }

    /** A server that fails in the middle of a stream says so in a chunk's place. */
    private static JsonObject chunk(byte[] data) {
        JsonObject chunk = ServerJson.object(data)
                .orElseThrow(
                        () -> new ServiceException(Kind.FAILED, "the model's server sent a chunk that is no JSON"));
        if (chunk.object("error").isPresent()) {
            throw new UpstreamError(502, chunk, Optional.empty());
        }
        return chunk;
    }
}

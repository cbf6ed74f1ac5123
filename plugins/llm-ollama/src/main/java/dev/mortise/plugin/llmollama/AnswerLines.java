package dev.mortise.plugin.llmollama;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.llm.ChatReply;
import dev.mortise.contracts.llm.ChunkSink;
import dev.mortise.contracts.llm.UpstreamError;
import dev.mortise.plugin.llmupstream.AnswerReader;
import dev.mortise.plugin.llmupstream.AnswerTooLargeException;
import dev.mortise.plugin.llmupstream.ServerJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A streamed answer, one JSON object a line, as chunks of the OpenAI API. */
final class AnswerLines implements AnswerReader {

    private static final int LONGEST_LINE = 8 << 20;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final ChatReply reply;
    private final boolean withUsage;
    private final ChunkSink sink;
    private boolean begun;
    private int toolCalls;

    AnswerLines(ChatReply reply, boolean withUsage, ChunkSink sink) {
        this.reply = reply;
        this.withUsage = withUsage;
        this.sink = sink;
    }

    @Override
    public boolean read(byte[] piece) throws IOException {
        int from = 0;
        for (int at = 0; at < piece.length; at++) {
            if (piece[at] == '\n') {
                line.write(piece, from, at - from);
                from = at + 1;
                byte[] text = line.toByteArray();
                line.reset();
                if (text.length > 0 && take(text)) {
                    return true;
                }
            }
        }
        line.write(piece, from, piece.length - from);
        if (line.size() > LONGEST_LINE) {
            throw new AnswerTooLargeException(LONGEST_LINE);
        }
        return false;
    }

    /** The last line need not end as the others do. */
    @Override
    public void end() {
        if (line.size() == 0 || !take(line.toByteArray())) {
            throw new ServiceException(Kind.FAILED, "the model's server ended its stream in the middle");
        }
    }

    private boolean take(byte[] text) {
        JsonObject json = ServerJson.object(text)
                .orElseThrow(() -> new ServiceException(Kind.FAILED, "the model's server sent a line that is no JSON"));
        if (json.has("error")) {
            throw new UpstreamError(502, OllamaErrors.asOpenAi(json), Optional.empty());
        }
        OllamaAnswer answer = new OllamaAnswer(json);
        if (!answer.thinking().isEmpty()) {
            sink.accept(with("reasoning", answer.thinking()));
        }
        List<JsonObject> calls = answer.toolCalls(toolCalls, reply.id());
        if (!calls.isEmpty()) {
            toolCalls += calls.size();
            sink.accept(with("tool_calls", calls));
        }
        if (!answer.text().isEmpty() || answer.isDone() && !begun) {
            sink.accept(chunk(answer.text()));
        }
        if (answer.isDone()) {
            sink.accept(reply.lastChunk(answer.finishReason(toolCalls > 0)));
            if (withUsage) {
                sink.accept(reply.usageChunk(answer.usage()));
            }
        }
        return answer.isDone();
    }

    private JsonObject chunk(String text) {
        JsonObject chunk = reply.textChunk(text, !begun);
        begun = true;
        return chunk;
    }

    /** A chunk whose delta has something else than text. */
    private JsonObject with(String key, Object value) {
        JsonObject chunk = chunk("");
        JsonObject choice = (JsonObject) chunk.array("choices").orElseThrow().get(0);
        JsonObject delta = choice.object("delta").orElseThrow().with(key, value);
        return chunk.with("choices", List.of(choice.with("delta", delta)));
    }
}

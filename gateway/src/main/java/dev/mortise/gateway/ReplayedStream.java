package dev.mortise.gateway;

import java.io.IOException;
import java.util.List;

/** A reply that is all there and only looks like a stream. */
record ReplayedStream(List<String> chunks) implements ReplyStream {

    ReplayedStream {
        chunks = List.copyOf(chunks);
    }

    @Override
    public void writeTo(Target target) throws IOException {
        for (String chunk : chunks) {
            target.data(chunk);
        }
        target.done();
    }

    @Override
    public void close() {}
}

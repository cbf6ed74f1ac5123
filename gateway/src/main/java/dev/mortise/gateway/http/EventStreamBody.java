package dev.mortise.gateway.http;

import dev.mortise.gateway.ReplyStream;
import dev.mortise.server.route.StreamBody;
import java.io.IOException;

/** A reply as server-sent events: each chunk is the data of one, and the last one says so. */
record EventStreamBody(ReplyStream stream) implements StreamBody {

    @Override
    public void write(EventSink sink) throws IOException {
        stream.writeTo(new ReplyStream.Target() {
            @Override
            public void data(String json) throws IOException {
                sink.send("data: " + json + "\n\n");
            }

            @Override
            public void heartbeat() throws IOException {
                sink.send(": still here\n\n");
            }

            @Override
            public void done() throws IOException {
                sink.send("data: [DONE]\n\n");
            }
        });
    }

    @Override
    public void close() {
        stream.close();
    }
}

package dev.mortise.runtime.process.output;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** Reads one stream of a process to its end, whatever comes, so that the process never waits for a reader. */
public final class OutputPump {

    private static final int BUFFER = 8 << 10;

    private final OutputChannel channel;
    private final InputStream stream;
    private final OutputSink sink;

    public OutputPump(OutputChannel channel, InputStream stream, OutputSink sink) {
        this.channel = channel;
        this.stream = stream;
        this.sink = sink;
    }

    /** Pumps on a daemon thread until the stream ends. */
    public Thread start(String plugin) {
        return Thread.ofPlatform()
                .daemon()
                .name("mortise-process-" + plugin + "-" + channel.name().toLowerCase(Locale.ROOT))
                .start(this::pump);
    }

    private void pump() {
        byte[] buffer = new byte[BUFFER];
        try {
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                sink.write(channel, buffer, read);
            }
        } catch (IOException e) {
            // Closed under the reader: the end, like any other.
        }
    }
}

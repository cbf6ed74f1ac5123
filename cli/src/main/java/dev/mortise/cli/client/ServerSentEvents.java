package dev.mortise.cli.client;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Result;
import dev.mortise.host.json.JsonCodec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A stream of a host's events, in the format of the HTML standard's server-sent events. For use by one thread. */
public final class ServerSentEvents implements AutoCloseable {

    private final BufferedReader lines;

    ServerSentEvents(InputStream stream) {
        this.lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    /**
     * Waits for the next event.
     *
     * @return its data, or empty if the host has ended the stream
     * @throws IOException if the connection breaks
     */
    public Optional<JsonObject> next() throws IOException {
        StringBuilder data = new StringBuilder();
        while (true) {
            String line = lines.readLine();
            if (line == null) {
                return Optional.empty();
            }
            if (line.isEmpty()) {
                if (!data.isEmpty()) {
                    return Optional.of(event(data.toString()));
                }
            } else if (line.startsWith("data:")) {
                data.append(line.startsWith("data: ") ? line.substring(6) : line.substring(5));
            }
            // Comments are heartbeats; the event's number and kind stand in its data too.
        }
    }

    private static JsonObject event(String data) throws IOException {
        return switch (JsonCodec.STANDARD.parseObject(data)) {
            case Result.Ok<JsonObject>(JsonObject event) -> event;
            case Result.Refused<JsonObject>(var problem) ->
                throw new IOException("the host sent an event that is not JSON: " + problem.message());
        };
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}

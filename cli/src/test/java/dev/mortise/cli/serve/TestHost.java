package dev.mortise.cli.serve;

import dev.mortise.cli.client.DataDirectory;
import dev.mortise.gateway.GatewaySettings;
import dev.mortise.host.HostSettings;
import dev.mortise.server.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A host as {@code serve} runs it, in this process. */
public final class TestHost implements AutoCloseable {

    private final Path data;
    private final ServedHost served;

    private TestHost(Path data, ServedHost served) {
        this.data = data;
        this.served = served;
    }

    public static TestHost start(Path data, Path catalog) {
        return new TestHost(
                data,
                ServedHost.start(new ServeSettings(
                        new DataDirectory(data),
                        Optional.empty(),
                        Optional.of(catalog),
                        ServerSettings.on("127.0.0.1", 0),
                        HostSettings.DEFAULT,
                        GatewaySettings.DEFAULT,
                        false,
                        true)));
    }

    public Path data() {
        return data;
    }

    public String url() {
        return served.url().toString();
    }

    public String adminToken() throws IOException {
        return Files.readString(data.resolve("admin.token")).strip();
    }

    @Override
    public void close() {
        served.close();
    }
}

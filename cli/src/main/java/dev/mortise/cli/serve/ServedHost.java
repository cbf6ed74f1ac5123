package dev.mortise.cli.serve;

import dev.mortise.cli.CommandFailure;
import dev.mortise.cli.ProgramVersion;
import dev.mortise.cli.client.RunningHost;
import dev.mortise.gateway.ChatGateway;
import dev.mortise.gateway.GatewayRings;
import dev.mortise.gateway.http.GatewayRoutes;
import dev.mortise.host.Mortise;
import dev.mortise.host.MortiseBuilder;
import dev.mortise.host.ProblemException;
import dev.mortise.host.spi.StorageException;
import dev.mortise.server.MortiseServer;
import dev.mortise.server.ServerSettings;
import dev.mortise.storage.SqliteLibrary;
import dev.mortise.storage.SqliteStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A host with its storage and its HTTP server. Closing it lets the calls under way finish. */
final class ServedHost implements AutoCloseable {

    private final Mortise host;
    private final MortiseServer server;
    private final HostFiles files;

    private ServedHost(Mortise host, MortiseServer server, HostFiles files) {
        this.host = host;
        this.server = server;
        this.files = files;
    }

    /** Starts everything, in the order in which each needs the one before; a failure stops what was started. */
    static ServedHost start(ServeSettings settings) {
        return start(settings, Preparation.NONE);
    }

    /**
     * As {@link #start(ServeSettings)}.
     *
     * @param preparation that is already under way
     */
    static ServedHost start(ServeSettings settings, Preparation preparation) {
        HostFiles files = HostFiles.prepare(settings.data());
        preparation.awaitDatabase();
        Mortise host = startHost(settings);
        boolean started = false;
        try {
            AdminToken.ensure(host, settings.data(), files);
            preparation.awaitWebServer();
            MortiseServer server = listen(host, settings);
            try {
                files.writeHost(new RunningHost(
                        server.url(),
                        ProcessHandle.current().pid(),
                        ProgramVersion.current(),
                        settings.server().tls().map(tls -> tls.chain().toAbsolutePath())));
                started = true;
                return new ServedHost(host, server, files);
            } finally {
                if (!started) {
                    server.close();
                }
            }
        } catch (IOException e) {
            throw CommandFailure.of(
                    "cannot write into the data directory " + settings.data().path() + ": " + e.getMessage());
        } finally {
            if (!started) {
                host.close();
            }
        }
    }

    private static Mortise startHost(ServeSettings settings) {
        MortiseBuilder builder = Mortise.builder().settings(settings.host());
        GatewayRings.ALL.forEach(builder::ring);
        settings.catalog().ifPresent(builder::catalog);
        Path data = settings.data().path();
        if (settings.clean()) {
            return builder.start();
        }
        settings.nativeLibraries().ifPresent(SqliteLibrary::useUnpacked);
        boolean fresh = !Files.exists(settings.data().database());
        try {
            Mortise host = builder.data(data)
                    .storage(SqliteStorage.open(data, Clock.systemUTC()))
                    .start();
            if (fresh && settings.shippedPlugins()) {
                ShippedPlugins.install(host);
            }
            return host;
        } catch (StorageException e) {
            throw CommandFailure.of(e.getMessage());
        }
    }

    private static MortiseServer listen(Mortise host, ServeSettings settings) {
        ServerSettings server = settings.server();
        String address = server.address().host() + ":" + server.address().port();
        ChatGateway gateway = new ChatGateway(host, settings.gateway(), InstantSource.system());
        try {
            return MortiseServer.start(host, server, List.of(GatewayRoutes.of(gateway)));
        } catch (ProblemException e) {
            throw CommandFailure.of(e.problem());
        } catch (UncheckedIOException e) {
            if (cause(e) instanceof BindException) {
                throw CommandFailure.of(address + " cannot be listened on, most likely because another program does ("
                        + cause(e).getMessage() + "); choose another with --listen HOST:PORT, port 0 being any that is"
                        + " free");
            }
            throw CommandFailure.of("cannot listen on " + address + ": " + cause(e).getMessage());
        }
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; depth < 8 && cause.getCause() != null; depth++) {
            cause = cause.getCause();
        }
        return cause;
    }

    URI url() {
        return server.url();
    }

    Mortise host() {
        return host;
    }

    /** The name of a function that can be tried. */
    Optional<String> example() {
        return host.functions().list().stream()
                .map(function -> function.name())
                .filter(name -> name.equals("hello_world"))
                .findFirst()
                .or(() -> host.functions().list().stream()
                        .map(function -> function.qualifiedName())
                        .findFirst());
    }

    @Override
    public void close() {
        files.removeHost();
        server.close();
        host.close();
    }
}

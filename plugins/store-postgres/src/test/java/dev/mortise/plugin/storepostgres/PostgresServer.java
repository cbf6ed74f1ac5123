package dev.mortise.plugin.storepostgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A PostgreSQL server of its own, in a temporary folder, which knows the user {@code mortise} by a password. */
final class PostgresServer implements AutoCloseable {

    static final String PASSWORD = "pg-very-secret";

    private static final String NOBODY = "65534";

    private final Path initdb;
    private final Path folder;
    private final int port;

    private PostgresServer(Path initdb, Path folder, int port) {
        this.initdb = initdb;
        this.folder = folder;
        this.port = port;
    }

    /** Starts a server. Skips the test, with the reason, where there is none to start. */
    static PostgresServer start() throws Exception {
        Optional<Path> initdb = initdb();
        Assumptions.assumeTrue(initdb.isPresent(), "PostgreSQL's initdb is not installed here");
        Path folder = Files.createTempDirectory("mortise-postgres");
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        if (isRoot()) {
            run(List.of("chown", "-R", NOBODY + ":" + NOBODY, folder.toString()));
        }
        PostgresServer server = new PostgresServer(initdb.get(), folder, freePort());
        server.program(
                "initdb",
                "--no-sync",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--auth=scram-sha-256",
                "--username=mortise",
                "--pwfile=" + password,
                "--pgdata=" + server.data());
        server.up();
        return server;
    }

    private static Optional<Path> initdb() throws IOException {
        List<Path> places = new ArrayList<>();
        for (String entry : System.getenv("PATH").split(":")) {
            places.add(Path.of(entry));
        }
        Path debian = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(debian)) {
            try (Stream<Path> versions = Files.list(debian)) {
                versions.map(version -> version.resolve("bin")).forEach(places::add);
            }
        }
        for (Path place : places) {
            Path initdb = place.resolve("initdb");
            if (Files.isExecutable(initdb)) {
                return Optional.of(initdb.toRealPath());
            }
        }
        return Optional.empty();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    void up() throws Exception {
        program(
                "pg_ctl",
                "-D",
                data().toString(),
                "-w",
                "-l",
                folder.resolve("log").toString(),
                "-o",
                "-p " + port + " -c listen_addresses=127.0.0.1 -c fsync=off -k " + folder,
                "start");
    }

    /** As if its machine had died. */
    void down() throws Exception {
        program("pg_ctl", "-D", data().toString(), "-w", "-m", "immediate", "stop");
    }

    private void program(String name, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        if (isRoot()) { // which PostgreSQL refuses to run as
            command.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        }
        command.add(initdb.resolveSibling(name).toString());
        command.addAll(List.of(arguments));
        run(command);
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static void run(List<String> command) throws Exception {
        Path said = Files.createTempFile("mortise-postgres", "said");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile()) // not a pipe: the server inherits it, and would keep it open
                    .directory(Path.of("/").toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + Files.readString(said));
            }
        } finally {
            Files.delete(said);
        }
    }

    @Override
    public void close() throws Exception {
        try {
            down();
        } catch (IllegalStateException e) {
            // It is down already.
        }
        run(List.of("rm", "-rf", folder.toString()));
    }
}

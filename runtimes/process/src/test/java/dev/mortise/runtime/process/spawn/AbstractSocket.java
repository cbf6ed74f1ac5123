package dev.mortise.runtime.process.spawn;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;

/** A server on an abstract Unix socket, which Java cannot make: a process outside of any sandbox listens on it. */
record AbstractSocket(String name, Process server) implements AutoCloseable {

    static AbstractSocket listen(String name) throws IOException {
        assumeTrue(SystemPrograms.find("perl").isPresent(), "needs perl to listen on an abstract socket");
        Process server = new ProcessBuilder(List.of(
                        "perl",
                        "-MSocket",
                        "-e",
                        "socket(S, AF_UNIX, SOCK_STREAM, 0) or die $!; bind(S, pack_sockaddr_un(qq(\\0) . $ARGV[0])) or die"
                                + " $!; listen(S, 5); $| = 1; print qq(ready\\n); sleep 600",
                        name))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (server.getInputStream().read() < 0) {
            throw new IOException("nobody listens on the abstract socket " + name);
        }
        return new AbstractSocket(name, server);
    }

    @Override
    public void close() {
        server.destroyForcibly();
    }
}

package dev.mortise.plugin.notifiersmtp;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** A mail server that speaks TLS: aiosmtpd, in a process. */
final class SafeMailServer implements AutoCloseable {

    private static final Optional<String> PYTHON = Optional.ofNullable(System.getenv("MORTISE_SMTP_PYTHON"));

    private final Process process;
    private final BufferedReader output;
    private final int port;

    private SafeMailServer(Process process, BufferedReader output, int port) {
        this.process = process;
        this.output = output;
        this.port = port;
    }

    /** @param security {@code starttls} or {@code tls} */
    static SafeMailServer start(Path folder, MailAuthority authority, String security) throws IOException {
        assumeTrue(PYTHON.isPresent(), "needs MORTISE_SMTP_PYTHON, a Python with aiosmtpd");
        Path script = folder.resolve("mail_server-" + security + ".py");
        try (InputStream content = SafeMailServer.class.getResourceAsStream("mail_server.py")) {
            Files.copy(Objects.requireNonNull(content), script);
        }
        // A handshake that fails is what some tests are about, and the server says so at length.
        Path log = folder.resolve("mail_server-" + security + ".log");
        Process process = new ProcessBuilder(
                        PYTHON.get(),
                        script.toString(),
                        authority.chain().toString(),
                        authority.key().toString(),
                        security)
                .redirectError(log.toFile())
                .start();
        BufferedReader output = process.inputReader();
        String port = output.readLine();
        if (port == null) {
            throw new IOException("the mail server did not start: " + Files.readString(log));
        }
        return new SafeMailServer(process, output, Integer.parseInt(port));
    }

    int port() {
        return port;
    }

    /** How the next mail came, to whom, with which subject. */
    String next() throws IOException {
        return Objects.requireNonNull(output.readLine());
    }

    /** Stops the server. @return the mails that nobody has asked for */
    String rest() throws IOException {
        process.getOutputStream().close();
        return String.join("\n", output.lines().toList());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

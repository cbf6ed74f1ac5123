package dev.mortise.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.host.Mortise;
import dev.mortise.host.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerStartTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path folder;

    private Mortise host;

    @BeforeEach
    void start() {
        host = Mortise.builder().data(folder.resolve("data")).start();
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void portZeroIsAnyThatIsFree() throws Exception {
        try (MortiseServer one = MortiseServer.start(host, ServerSettings.on("127.0.0.1", 0));
                MortiseServer other = MortiseServer.start(host, ServerSettings.on("localhost", 0))) {
            assertThat(one.url().getPort())
                    .isPositive()
                    .isNotEqualTo(other.url().getPort());
            assertThat(get(one.url()).statusCode()).isEqualTo(200);
            assertThat(get(other.url()).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aPortThatIsTakenIsSaidToBe() {
        try (MortiseServer one = MortiseServer.start(host, ServerSettings.on("127.0.0.1", 0))) {
            int port = one.url().getPort();

            assertThatThrownBy(() -> MortiseServer.start(host, ServerSettings.on("127.0.0.1", port)))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("127.0.0.1:" + port)
                    .hasMessageContaining("in use");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::"})
    void plainTextOnTheNetworkIsRefused(String address) {
        assertThatThrownBy(() -> MortiseServer.start(host, ServerSettings.on(address, 0)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(address)
                .hasMessageContaining("TLS")
                .hasMessageContaining("127.0.0.1");
    }

    @Test
    void plainTextOnTheNetworkIsPossibleIfSomebodyInsists() throws Exception {
        ServerSettings settings = ServerSettings.DEFAULT.with(new ServerSettings.Address("0.0.0.0", 0, true, Set.of()));

        try (MortiseServer server = MortiseServer.start(host, settings)) {
            assertThat(get(server.url()).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void anAddressThatIsNotOfThisMachineIsRefused() {
        assertThatThrownBy(() -> MortiseServer.start(host, ServerSettings.on("no.such.host.invalid", 0)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("no.such.host.invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void aServerWithACertificateSpeaksTls(String algorithm) throws Exception {
        KeyStore store = certificate(algorithm);
        Path chain =
                pem("chain.pem", "CERTIFICATE", store.getCertificate("server").getEncoded());
        Path key =
                pem("key.pem", "PRIVATE KEY", store.getKey("server", PASSWORD).getEncoded());
        ServerSettings settings = ServerSettings.on("localhost", 0).with(new ServerSettings.Tls(chain, key));

        try (MortiseServer server = MortiseServer.start(host, settings);
                HttpClient client =
                        HttpClient.newBuilder().sslContext(trusting(store)).build()) {
            assertThat(server.url().getScheme()).isEqualTo("https");
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(server.url().resolve("/healthz")).build(), BodyHandlers.ofString());
            assertThat(answer.body()).isEqualTo("{\"status\":\"ok\"}");
        }
    }

    @Test
    void filesThatAreNoCertificateAreRefusedByName() throws IOException {
        Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "no certificate");
        ServerSettings settings =
                ServerSettings.on("127.0.0.1", 0).with(new ServerSettings.Tls(nonsense, folder.resolve("missing.pem")));

        assertThatThrownBy(() -> MortiseServer.start(host, settings))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("nonsense.pem")
                .hasMessageContaining("missing.pem");
    }

    /** With what every JDK has for it. */
    private KeyStore certificate(String algorithm) throws Exception {
        Path file = folder.resolve(algorithm + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(output).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private Path pem(String name, String label, byte[] der) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(
                folder.resolve(name), "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n");
    }

    private static SSLContext trusting(KeyStore store) throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", store.getCertificate("server"));
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static HttpResponse<String> get(URI server) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(server.resolve("/healthz")).build(), BodyHandlers.ofString());
        }
    }
}

package dev.mortise.host.packages;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads by HTTPS, from a server whose certificate is for {@code packages.example} and 127.0.0.1. */
class PackageDownloadTlsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final UrlPolicy PRIVATE = UrlPolicy.PUBLIC_HTTPS.allowingPrivateAddresses("*");
    private static final HostLookup LOOPBACK = host -> List.of(InetAddress.getLoopbackAddress());
    private static final AtomicReference<String> SERVER_NAME = new AtomicReference<>();

    @TempDir
    static Path keys;

    @TempDir
    Path area;

    private static HttpsServer server;
    private static SSLContext trusting;
    private Path file;

    @BeforeAll
    static void start() throws Exception {
        KeyStore store = selfSigned();
        trusting = context(store);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(trusting));
        server.createContext("/a.zip", exchange -> {
            SSLSession session = ((HttpsExchange) exchange).getSSLSession();
            SERVER_NAME.set(((ExtendedSSLSession) session)
                    .getRequestedServerNames().stream()
                            .map(name -> ((SNIHostName) name).getAsciiName())
                            .findFirst()
                            .orElse("none"));
            try (exchange) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write("content".getBytes(StandardCharsets.UTF_8));
            }
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @BeforeEach
    void prepare() {
        file = area.resolve("archive");
    }

    @Test
    void aServerThatProvesItsNameIsAskedByThatName() throws IOException {
        assertThat(fetch("packages.example", trusting.getSocketFactory()).orThrow())
                .hasContent("content");
        assertThat(SERVER_NAME).hasValue("packages.example");
    }

    @Test
    void aServerThatProvesItsAddressIsTaken() throws IOException {
        assertThat(fetch("127.0.0.1", trusting.getSocketFactory()).orThrow()).hasContent("content");
        assertThat(SERVER_NAME).hasValue("none");
    }

    @Test
    void aCertificateForAnotherNameIsRefused() throws IOException {
        assertThat(refusal(fetch("other.example", trusting.getSocketFactory())).code())
                .isEqualTo(ProblemCode.DOWNLOAD_FAILED);
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() throws IOException {
        SSLSocketFactory ordinary = (SSLSocketFactory) SSLSocketFactory.getDefault();

        assertThat(refusal(fetch("packages.example", ordinary)).code()).isEqualTo(ProblemCode.DOWNLOAD_FAILED);
    }

    @Test
    void aServerThatNeverAnswersTheHandshakeEndsWithTheTimeLimit() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PackageDownload download = new PackageDownload(
                    PRIVATE, PackageLimits.DEFAULT, Duration.ofMillis(300), LOOPBACK, trusting::getSocketFactory);
            URI url = URI.create("https://packages.example:" + silent.getLocalPort() + "/a.zip");

            assertThat(refusal(download.fetch(url, file)).message()).contains("longer than 300 ms");
        }
    }

    private Result<Path> fetch(String host, SSLSocketFactory tls) throws IOException {
        PackageDownload download =
                new PackageDownload(PRIVATE, PackageLimits.DEFAULT, Duration.ofSeconds(30), LOOPBACK, () -> tls);
        return download.fetch(
                URI.create("https://" + host + ":" + server.getAddress().getPort() + "/a.zip"), file);
    }

    private Problem refusal(Result<Path> result) {
        assertThat(file).doesNotExist();
        return switch (result) {
            case Result.Ok<Path> _ -> throw new AssertionError("downloaded");
            case Result.Refused<Path>(Problem problem) -> problem;
        };
    }

    private static KeyStore selfSigned() throws Exception {
        Path store = keys.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=packages.example",
                        "-ext",
                        "SAN=dns:packages.example,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keyStore = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keyStore.load(in, PASSWORD);
        }
        return keyStore;
    }

    private static SSLContext context(KeyStore store) throws GeneralSecurityException {
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(store, PASSWORD);
        TrustManagerFactory trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        try {
            trusted.load(null, null);
        } catch (IOException e) {
            throw new AssertionError("nothing is read", e);
        }
        trusted.setCertificateEntry("server", store.getCertificate("server"));
        trustManagers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
        return context;
    }
}

package dev.mortise.host.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads from a real server on this machine. */
class PackageDownloadTest {

    private static final UrlPolicy LOOPBACK =
            UrlPolicy.PUBLIC_HTTPS.allowingPlainHttp("127.0.0.1").allowingPrivateAddresses("127.0.0.1");
    private static final PackageLimits LIMITS = PackageLimits.DEFAULT.withArchiveBytes(100_000);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final byte[] CONTENT = "PK content".repeat(500).getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path area;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;
    private Path file;

    @BeforeEach
    void start() throws IOException {
        file = area.resolve("archive");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(task -> {
            requests.incrementAndGet();
            threads.execute(task);
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void whatTheServerSendsIsStored() throws IOException {
        AtomicReference<String> request = new AtomicReference<>();
        server.createContext("/a b.zip", exchange -> {
            request.set(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Host"));
            answer(exchange, 200, CONTENT, CONTENT.length);
        });

        assertThat(fetch("/a%20b.zip?key=v%26w#fragment").orThrow())
                .isEqualTo(file)
                .hasBinaryContent(CONTENT);
        assertThat(request)
                .hasValue(
                        "/a%20b.zip?key=v%26w 127.0.0.1:" + server.getAddress().getPort());
    }

    @Test
    void aBodyInChunksIsPutTogether() throws IOException {
        server.createContext("/chunked", exchange -> answer(exchange, 200, CONTENT, 0));

        fetch("/chunked").orThrow();

        assertThat(file).hasBinaryContent(CONTENT);
    }

    @Test
    void bytesAreKeptAsTheyAreWhateverTheEncodingIsCalled() throws IOException {
        server.createContext("/a.tgz", exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            answer(exchange, 200, CONTENT, CONTENT.length);
        });

        fetch("/a.tgz").orThrow();

        assertThat(file).hasBinaryContent(CONTENT);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 206, 300, 304, 400, 401, 404, 500, 503})
    void anyStatusButOkIsAFailure(int status) throws IOException {
        server.createContext("/a.zip", exchange -> answer(exchange, status, new byte[0], -1));

        Problem problem = refusal(fetch("/a.zip?token=hunter2"));

        assertThat(problem.code()).isEqualTo(ProblemCode.DOWNLOAD_FAILED);
        assertThat(problem.message()).contains("status " + status, "/a.zip").doesNotContain("hunter2");
    }

    @Test
    void aPackageThatIsTooLargeIsRefusedWhetherItSaysSoOrNot() throws IOException {
        byte[] large = new byte[100_001];
        server.createContext("/announced", exchange -> answer(exchange, 200, large, large.length));
        server.createContext("/chunked", exchange -> answer(exchange, 200, large, 0));
        server.createContext("/fits", exchange -> answer(exchange, 200, new byte[100_000], 100_000));

        assertThat(refusal(fetch("/announced")).code()).isEqualTo(ProblemCode.PACKAGE_TOO_LARGE);
        assertThat(refusal(fetch("/chunked")).code()).isEqualTo(ProblemCode.PACKAGE_TOO_LARGE);
        assertThat(fetch("/fits").orThrow()).hasSize(100_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsFollowed(int status) throws IOException {
        redirect("/old/a.zip", "../new/a.zip", status);
        server.createContext("/new/a.zip", exchange -> answer(exchange, 200, CONTENT, CONTENT.length));

        fetch("/old/a.zip").orThrow();

        assertThat(file).hasBinaryContent(CONTENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost/a.zip",
                "http://169.254.169.254/latest/meta-data",
                "https://10.0.0.1/a.zip",
                "http://[::1]/a.zip",
                "file:///etc/passwd",
                "http://user:hunter2@127.0.0.1/a.zip",
                "//elsewhere.example/a.zip"
            })
    void aRedirectToWhereNothingMayComeFromIsRefused(String target) throws IOException {
        redirect("/a.zip", target, 302);

        Problem problem = refusal(fetch("/a.zip"));

        assertThat(problem.code()).isEqualTo(ProblemCode.URL_REFUSED);
        assertThat(problem.message()).doesNotContain("hunter2");
    }

    @Test
    void theListOfHostsHoldsForRedirectsToo() throws IOException {
        UrlPolicy policy = new UrlPolicy(
                Set.of(new HostPattern("127.0.0.1")), Set.of(new HostPattern("*")), Set.of(new HostPattern("*")));
        redirect("/a.zip", "http://localhost:" + server.getAddress().getPort() + "/b.zip", 302);
        server.createContext("/b.zip", exchange -> answer(exchange, 200, CONTENT, CONTENT.length));

        assertThat(refusal(download(policy, LONG).fetch(url("/a.zip"), file)).code())
                .isEqualTo(ProblemCode.URL_REFUSED);
        assertThat(download(policy, LONG).fetch(url("/b.zip"), file).orThrow()).exists();
    }

    @Test
    void fiveRedirectsAreFollowedAndNoMore() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        server.createContext("/", exchange -> {
            int left = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
            asked.incrementAndGet();
            if (left == 0) {
                answer(exchange, 200, CONTENT, CONTENT.length);
            } else {
                exchange.getResponseHeaders().set("Location", "/" + (left - 1));
                answer(exchange, 302, new byte[0], -1);
            }
        });

        assertThat(fetch("/5").orThrow()).hasBinaryContent(CONTENT);
        Files.delete(file);
        asked.set(0);
        assertThat(refusal(fetch("/6")).code()).isEqualTo(ProblemCode.DOWNLOAD_FAILED);
        assertThat(asked).hasValue(6);
    }

    @Test
    void aRedirectToItselfOrToNowhereEnds() throws IOException {
        redirect("/loop", "/loop", 302);
        server.createContext("/nowhere", exchange -> answer(exchange, 302, new byte[0], -1));
        redirect("/broken", "http://[broken", 302);

        assertThat(refusal(fetch("/loop")).message()).contains("more than 5 times");
        assertThat(refusal(fetch("/nowhere")).message()).contains("redirected to nowhere");
        assertThat(refusal(fetch("/broken")).message()).contains("no URL");
    }

    @Test
    void aNameIsLookedUpOnceAndTheConnectionGoesToTheAddressThatWasChecked() throws IOException {
        server.createContext("/a.zip", exchange -> answer(exchange, 200, CONTENT, CONTENT.length));
        AtomicInteger lookups = new AtomicInteger();
        UrlPolicy policy = UrlPolicy.PUBLIC_HTTPS
                .allowingPlainHttp("packages.example")
                .allowingPrivateAddresses("packages.example");
        HostLookup once = host -> {
            assertThat(host).isEqualTo("packages.example");
            assertThat(lookups.incrementAndGet()).isEqualTo(1);
            return List.of(InetAddress.getLoopbackAddress());
        };

        URI url = URI.create("http://packages.example:" + server.getAddress().getPort() + "/a.zip");

        assertThat(download(policy, LONG, once).fetch(url, file).orThrow()).hasBinaryContent(CONTENT);
        assertThat(lookups).hasValue(1);
    }

    @Test
    void aNameWithAnAddressOfThisMachineAmongOthersIsNotConnectedTo() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            UrlPolicy policy = UrlPolicy.PUBLIC_HTTPS.allowingPlainHttp("packages.example");
            HostLookup mixed = host -> List.of(InetAddress.getByName("8.8.8.8"), InetAddress.getLoopbackAddress());
            URI url = URI.create("http://packages.example:" + listener.getLocalPort() + "/a.zip");

            Problem problem = refusal(download(policy, LONG, mixed).fetch(url, file));

            assertThat(problem.code()).isEqualTo(ProblemCode.URL_REFUSED);
            assertThat(problem.message()).contains("not on the public Internet");
            listener.setSoTimeout(100);
            assertThatThrownBy(listener::accept).hasMessageContaining("timed out");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1",
                "2130706433",
                "0x7f.1",
                "0177.0.0.1",
                "localhost",
                "LOCALHOST.",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[0:0:0:0:0:0:0:0]",
                "0.0.0.0"
            })
    void thisMachineIsNotAskedHoweverItIsSpelled(String host) throws IOException {
        URI url = URI.create("https://" + host + ":" + server.getAddress().getPort() + "/a.zip");

        assertThat(refusal(download(UrlPolicy.PUBLIC_HTTPS, LONG).fetch(url, file))
                        .code())
                .isIn(ProblemCode.URL_REFUSED, ProblemCode.DOWNLOAD_FAILED);
        assertThat(requests).hasValue(0);
    }

    @Test
    void anAddressThatDoesNotAnswerIsPassedOver() throws IOException {
        server.createContext("/a.zip", exchange -> answer(exchange, 200, CONTENT, CONTENT.length));
        UrlPolicy policy = UrlPolicy.PUBLIC_HTTPS.allowingPlainHttp("*").allowingPrivateAddresses("*");
        HostLookup two = host -> List.of(InetAddress.getByName("127.0.0.9"), InetAddress.getLoopbackAddress());
        URI url = URI.create("http://packages.example:" + server.getAddress().getPort() + "/a.zip");

        assertThat(download(policy, LONG, two).fetch(url, file).orThrow()).hasBinaryContent(CONTENT);
    }

    @Test
    void anUnknownHostAndOneThatListensToNobodyAreFailures() throws IOException {
        HostLookup unknown = host -> {
            throw new UnknownHostException(host);
        };
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        assertThat(refusal(download(UrlPolicy.PUBLIC_HTTPS, LONG, unknown)
                                .fetch(URI.create("https://unknown.example/a.zip"), file))
                        .message())
                .contains("not known");
        assertThat(refusal(download(LOOPBACK, LONG).fetch(URI.create("http://127.0.0.1:" + port + "/"), file))
                        .code())
                .isEqualTo(ProblemCode.DOWNLOAD_FAILED);
    }

    @Test
    void aLookupThatHangsEndsWithTheTimeLimit() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        HostLookup hanging = host -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return List.of();
        };

        Problem problem = refusal(download(UrlPolicy.PUBLIC_HTTPS, Duration.ofMillis(200), hanging)
                .fetch(URI.create("https://slow.example/a.zip"), file));
        never.countDown();

        assertThat(problem.message()).contains("longer than 200 ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nsome"})
    void aServerThatStopsSendingEndsWithTheTimeLimit(String start) throws IOException {
        try (RawServer raw = new RawServer(start, false)) {
            Problem problem = refusal(download(LOOPBACK, Duration.ofMillis(300)).fetch(raw.url(), file));

            assertThat(problem.code()).isEqualTo(ProblemCode.DOWNLOAD_FAILED);
            assertThat(problem.message()).contains("longer than 300 ms");
        }
    }

    @Test
    void aServerThatSendsAByteNowAndThenEndsWithTheTimeLimit() throws IOException {
        server.createContext("/drip", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (exchange) {
                while (true) {
                    exchange.getResponseBody().write('x');
                    exchange.getResponseBody().flush();
                    Thread.sleep(20);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        assertThat(refusal(download(LOOPBACK, Duration.ofMillis(400)).fetch(url("/drip"), file))
                        .message())
                .contains("longer than 400 ms");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage\r\n\r\n",
                "HTTP/2 200\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\n folded: yes\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
                "HTTP/1.1 200 OK\r\n"
            })
    void aServerThatDoesNotKeepToTheProtocolIsAFailure(String response) throws IOException {
        try (RawServer raw = new RawServer(response, true)) {
            assertThat(refusal(download(LOOPBACK, LONG).fetch(raw.url(), file)).code())
                    .isEqualTo(ProblemCode.DOWNLOAD_FAILED);
        }
    }

    @Test
    void headersWithoutEndAreAFailure() throws IOException {
        try (RawServer raw =
                new RawServer("HTTP/1.1 200 OK\r\n" + ("X: " + "y".repeat(1000) + "\r\n").repeat(100), true)) {
            assertThat(refusal(download(LOOPBACK, LONG).fetch(raw.url(), file)).code())
                    .isEqualTo(ProblemCode.DOWNLOAD_FAILED);
        }
        try (RawServer raw = new RawServer("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(100), true)) {
            assertThat(refusal(download(LOOPBACK, LONG).fetch(raw.url(), file)).message())
                    .contains("interim");
        }
    }

    @Test
    void interimResponsesAndABodyUpToTheEndOfTheConnectionAreRead() throws IOException {
        try (RawServer raw =
                new RawServer("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.0 200 OK\n\nbody", true)) {
            assertThat(download(LOOPBACK, LONG).fetch(raw.url(), file).orThrow())
                    .hasContent("body");
        }
    }

    @Test
    void aFileThatCannotBeWrittenIsAFailureOfTheDiskNotOfTheDownload() {
        server.createContext("/a.zip", exchange -> answer(exchange, 200, CONTENT, CONTENT.length));

        assertThatThrownBy(() -> download(LOOPBACK, LONG).fetch(url("/a.zip"), area.resolve("missing/archive")))
                .isInstanceOf(NoSuchFileException.class);
    }

    private Result<Path> fetch(String path) throws IOException {
        return download(LOOPBACK, LONG).fetch(url(path), file);
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static PackageDownload download(UrlPolicy policy, Duration timeout) {
        return download(policy, timeout, HostLookup.system());
    }

    private static PackageDownload download(UrlPolicy policy, Duration timeout, HostLookup lookup) {
        return new PackageDownload(
                policy, LIMITS, timeout, lookup, () -> (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    private void redirect(String from, String to, int status) {
        server.createContext(from, exchange -> {
            exchange.getResponseHeaders().set("Location", to);
            answer(exchange, status, new byte[0], -1);
        });
    }

    private static void answer(HttpExchange exchange, int status, byte[] body, long length) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, length);
            exchange.getResponseBody().write(body);
        }
    }

    private Problem refusal(Result<Path> result) {
        assertThat(file).doesNotExist();
        return switch (result) {
            case Result.Ok<Path> _ -> throw new AssertionError("downloaded");
            case Result.Refused<Path>(Problem problem) -> problem;
        };
    }

    /** Answers the first connection with these bytes, and then closes it or waits for the client to do so. */
    private final class RawServer implements AutoCloseable {

        private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());

        RawServer(String response, boolean closing) throws IOException {
            threads.submit(() -> {
                try (Socket socket = listener.accept()) {
                    readRequest(socket);
                    socket.getOutputStream().write(response.getBytes(StandardCharsets.ISO_8859_1));
                    if (!closing) {
                        socket.getInputStream().read();
                    }
                }
                return null;
            });
        }

        URI url() {
            return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/a.zip");
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }

        private static void readRequest(Socket socket) throws IOException {
            String line;
            do {
                line = HttpHead.readLine(socket.getInputStream(), 1000);
            } while (!line.isEmpty());
        }
    }
}

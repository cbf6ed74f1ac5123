package dev.mortise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Role;
import dev.mortise.server.ServedHost.Reply;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EventsApiTest {

    private static final Pattern ID = Pattern.compile("(?m)^id: (\\d+)$");

    @TempDir
    Path folder;

    private ServedHost served;

    @BeforeEach
    void start() throws IOException {
        ServerSettings settings = ServerSettings.on("127.0.0.1", 0);
        served = ServedHost.in(
                        folder,
                        settings.with(new ServerSettings.Times(
                                        Duration.ofSeconds(30),
                                        Duration.ofSeconds(30),
                                        Duration.ofMillis(100),
                                        Duration.ofSeconds(10)))
                                .with(new ServerSettings.Limits(1 << 20, 1 << 20, 256, 3, 100)))
                .withProbe();
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void eventsArriveAsTheyHappen() throws IOException {
        try (RawConnection stream = stream("/api/v1/events?kind=log&source=probe", "")) {
            say("first");
            say("second");

            String text = stream.readUntil("second\"}}\n\n");

            assertThat(text).contains("event: log\n", "\"name\":", "first").doesNotContain("event: lifecycle");
            List<Long> ids = ids(text);
            assertThat(ids).hasSize(2).isSorted();
        }
    }

    @Test
    void aReaderWhoComesBackGetsWhatItMissed() throws IOException {
        List<Long> seen;
        try (RawConnection stream = stream("/api/v1/events?kind=log", "")) {
            say("one");
            seen = ids(stream.readUntil("one\"}}\n\n"));
        }
        say("two");
        say("three");

        try (RawConnection stream = stream("/api/v1/events?kind=log", "Last-Event-ID: " + seen.getLast() + "\r\n")) {
            String text = stream.readUntil("three\"}}\n\n");

            assertThat(text).contains("two").doesNotContain("\"one\"");
            assertThat(ids(text)).hasSize(2).allMatch(id -> id > seen.getLast());
        }
    }

    @Test
    void theRememberedPastCanBeAskedForFromTheBeginning() throws IOException {
        say("early");

        try (RawConnection stream = stream("/api/v1/events?after=0", "")) {
            assertThat(stream.readUntil("early\"}}\n\n")).contains("event: lifecycle", "\"source\":\"mortise\"");
        }
    }

    @Test
    void aQuietStreamShowsThatItIsAlive() throws IOException {
        try (RawConnection stream = stream("/api/v1/events?source=nobody", "")) {
            assertThat(stream.readUntil(": still here\n\n")).contains(": still here");
        }
    }

    @Test
    void aReaderWhoIsGoneIsNoticed() throws Exception {
        RawConnection stream = stream("/api/v1/events", "");
        assertThat(metrics()).contains("\nmortise_http_event_streams 1\n");

        stream.drop();

        Eventually.holds(() -> assertThat(metrics()).contains("\nmortise_http_event_streams 0\n"));
    }

    @Test
    void moreReadersThanAllowedAreSentAwayUntilOneLeaves() throws Exception {
        List<RawConnection> streams = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            streams.add(stream("/api/v1/events", ""));
        }

        Reply refused = served.get(Role.VIEWER, "/api/v1/events");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("too_many_calls");
        streams.getFirst().drop();

        Eventually.holds(() -> {
            try (RawConnection next = stream("/api/v1/events", "")) {
                assertThat(next).isNotNull();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        for (RawConnection stream : streams) {
            stream.close();
        }
    }

    @Test
    void aStreamEndsWithAWordWhenTheServerIsClosed() throws Exception {
        try (RawConnection stream = stream("/api/v1/events", "")) {
            Thread closing = Thread.ofVirtual().start(() -> served.server.close());

            String end = stream.readToEnd();

            assertThat(end).contains(": the server is shutting down\n\n").endsWith("0\r\n\r\n");
            closing.join();
        }
    }

    @Test
    void headTellsThatThereWouldBeAStream() {
        Reply head = served.send(Role.VIEWER, "HEAD", "/api/v1/events", BodyPublishers.noBody(), "");

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Type")).isEqualTo("text/event-stream");
        assertThat(metrics()).contains("\nmortise_http_event_streams 0\n");
    }

    @Test
    void recentEventsAreToBeHadAsJson() {
        say("in json");

        Reply all = served.send(
                Role.VIEWER, "GET", "/api/v1/events", BodyPublishers.noBody(), "", "Accept", "application/json");
        Reply logs = served.get(Role.VIEWER, "/api/v1/logs?plugin=probe&limit=1");

        assertThat(all.text()).contains("in json", "\"kind\":\"lifecycle\"");
        JsonObject line = (JsonObject) logs.json().array("events").orElseThrow().get(0);
        assertThat(line.text("source")).contains("probe");
        assertThat(line.toString()).contains("in json");
        assertThat(logs.json().array("events").orElseThrow().size()).isEqualTo(1);
    }

    @Test
    void aStreamNeedsAToken() {
        assertThat(served.send(null, "GET", "/api/v1/events", BodyPublishers.noBody(), "")
                        .status())
                .isEqualTo(401);
    }

    private void say(String text) {
        Reply reply = served.post(
                Role.OPERATOR,
                "/api/v1/functions/shout",
                JsonObject.of("text", text).toString());
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    }

    private String metrics() {
        return served.get(Role.VIEWER, "/metrics").text();
    }

    /** Connected, and past the head of the answer and the first comment. */
    private RawConnection stream(String target, String header) throws IOException {
        RawConnection connection = RawConnection.to(served.server.url());
        connection.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + served.secret(Role.VIEWER) + "\r\n" + header + "\r\n");
        assertThat(connection.readHead()).startsWith("HTTP/1.1 200").contains("Content-Type: text/event-stream");
        connection.readUntil(": connected\n\n");
        return connection;
    }

    private static List<Long> ids(String text) {
        List<Long> ids = new ArrayList<>();
        Matcher matcher = ID.matcher(text);
        while (matcher.find()) {
            ids.add(Long.parseLong(matcher.group(1)));
        }
        return ids;
    }
}

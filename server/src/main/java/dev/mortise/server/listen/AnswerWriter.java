package dev.mortise.server.listen;

import dev.mortise.host.Problem;
import dev.mortise.server.problem.ProblemDocument;
import dev.mortise.server.problem.SafetyHeaders;
import dev.mortise.server.route.Answer;
import dev.mortise.server.route.Reply;
import dev.mortise.server.route.StreamBody;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Sends answers. To {@code HEAD} it sends what {@code GET} would be answered with, but for the body. */
final class AnswerWriter {

    private static final String EVENTS = "text/event-stream";

    private final ConnectionWatch watch;

    AnswerWriter(ConnectionWatch watch) {
        this.watch = watch;
    }

    /** @param last whether the connection ends with this answer */
    void write(Answer answer, boolean last, RoutingRequest request, RoutingResponse response) {
        if (answer instanceof Answer.Foreign foreign) {
            foreign.headers()
                    .forEach((name, values) -> response.header(HeaderValues.create(HeaderNames.create(name), values)));
        }
        // Over those of others.
        SafetyHeaders.ALL.forEach((name, value) -> set(response, name, value));
        if (last) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        switch (answer) {
            case Answer.Json(int status, var body, Map<String, String> headers) -> {
                headers.forEach((name, value) -> set(response, name, value));
                send(status, Reply.JSON, body.toString(), request, response);
            }
            case Answer.Foreign(int status, var _, byte[] body) -> send(status, body, request, response);
            case Answer.Text(String mediaType, String body) -> send(200, mediaType, body, request, response);
            case Answer.Refused(Problem problem) -> {
                ProblemDocument document = ProblemDocument.of(problem);
                document.headers().forEach((name, value) -> set(response, name, value));
                send(
                        document.status(),
                        ProblemDocument.MEDIA_TYPE,
                        document.body().toString(),
                        request,
                        response);
            }
            case Answer.Stream(StreamBody body, Map<String, String> headers, var _) -> {
                try (body) {
                    headers.forEach((name, value) -> set(response, name, value));
                    stream(body, request, response);
                }
            }
        }
    }

    private void send(int status, String type, String body, RoutingRequest request, RoutingResponse response) {
        set(response, HeaderNames.CONTENT_TYPE, type);
        send(status, body.getBytes(StandardCharsets.UTF_8), request, response);
    }

    private void send(int status, byte[] bytes, RoutingRequest request, RoutingResponse response) {
        response.status(Status.create(status));
        set(response, HeaderNames.CONTENT_LENGTH, Integer.toString(bytes.length));
        if (isHead(request)) {
            response.send();
        } else if (bytes.length <= ConnectionWatch.PIECE) {
            watch.expect(request.remotePeer().address());
            response.send(bytes);
        } else {
            sendInPieces(bytes, request.remotePeer().address(), response);
        }
    }

    /** So that whoever stops reading is found out long before all of a large answer would be due. */
    private void sendInPieces(byte[] bytes, SocketAddress remote, RoutingResponse response) {
        try (OutputStream out = response.outputStream()) {
            for (int sent = 0; sent < bytes.length; sent += ConnectionWatch.PIECE) {
                watch.expect(remote);
                out.write(bytes, sent, Math.min(ConnectionWatch.PIECE, bytes.length - sent));
            }
        } catch (IOException e) {
            throw new CloseConnectionException("the other side does not take the answer", e);
        }
        response.commit();
    }

    private void stream(StreamBody body, RoutingRequest request, RoutingResponse response) {
        set(response, HeaderNames.CONTENT_TYPE, EVENTS);
        if (isHead(request)) {
            response.send();
            return;
        }
        SocketAddress remote = request.remotePeer().address();
        try (OutputStream out = response.outputStream()) {
            body.write(text -> {
                watch.expect(remote);
                out.write(text.getBytes(StandardCharsets.UTF_8));
                out.flush();
                watch.expectNothing(remote);
            });
            watch.expect(remote);
        } catch (IOException e) {
            throw new CloseConnectionException("the other side of a stream is gone", e);
        }
        response.commit();
    }

    private static boolean isHead(RoutingRequest request) {
        return request.prologue().method().equals(Method.HEAD);
    }

    private static void set(RoutingResponse response, String name, String value) {
        set(response, HeaderNames.create(name), value);
    }

    private static void set(RoutingResponse response, HeaderName name, String value) {
        response.header(HeaderValues.create(name, value));
    }
}

package dev.mortise.server.listen;

import dev.mortise.host.Problem;
import dev.mortise.server.problem.ProblemStatus;
import dev.mortise.server.route.Answer;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;

/**
 * One request and its answer, from start to finish. It stands in for the web server's own routing, because that leaves
 * it to the other side to end a connection that either of the two has declared ended.
 */
final class Exchange implements Filter {

    private static final System.Logger LOG = System.getLogger(Exchange.class.getName());

    /** Bodies up to this size are read to their end for nothing, so that the connection can go on. */
    private static final long WORTH_READING = 64 << 10;

    private final Gate gate;
    private final Dispatcher dispatcher;
    private final AnswerWriter writer;
    private final ConnectionWatch watch;
    private final AnswerCounts counts;

    Exchange(Gate gate, Dispatcher dispatcher, AnswerWriter writer, ConnectionWatch watch, AnswerCounts counts) {
        this.gate = gate;
        this.dispatcher = dispatcher;
        this.writer = writer;
        this.watch = watch;
        this.counts = counts;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        ReadAhead ahead = watch.readAhead(request.remotePeer().address());
        boolean admitted = gate.enter();
        try {
            Answer answer = dispatcher.answer(request, ahead, admitted);
            counts.count(status(answer));
            boolean last = gate.isShut() || isLast(request) || answer instanceof Answer.Stream stream && stream.last();
            write(answer, last, request, response);
            if (last) {
                linger(request);
                throw new CloseConnectionException("this was the last answer on the connection");
            }
            watch.expectNextRequest(request.remotePeer().address());
        } finally {
            if (admitted) {
                gate.leave();
            }
        }
        ahead.finish();
    }

    private void write(Answer answer, boolean last, RoutingRequest request, RoutingResponse response) {
        try {
            writer.write(answer, last, request, response);
        } catch (UncheckedIOException | ServerConnectionException e) {
            throw new CloseConnectionException("nobody is left to answer", e);
        }
    }

    private static int status(Answer answer) {
        return switch (answer) {
            case Answer.Json json -> json.status();
            case Answer.Foreign foreign -> foreign.status();
            case Answer.Refused(Problem problem) -> ProblemStatus.of(problem.code());
            case Answer.Text _, Answer.Stream _ -> 200;
        };
    }

    private static boolean isLast(RoutingRequest request) {
        return request.headers().contains(HeaderValues.CONNECTION_CLOSE) || leavesMuchUnread(request);
    }

    private static boolean leavesMuchUnread(RoutingRequest request) {
        return request.content().hasEntity()
                && !request.content().consumed()
                && (request.headers().contains(HeaderNames.EXPECT)
                        || request.headers().contentLength().orElse(Long.MAX_VALUE) > WORTH_READING);
    }

    /**
     * Reads on for a moment: a connection that is closed while data is on its way is reset, and the reset may overtake
     * the answer.
     */
    private void linger(RoutingRequest request) {
        if (!request.content().hasEntity()
                || request.content().consumed()
                || request.headers().contains(HeaderNames.EXPECT)
                || request.headers().contentLength().isEmpty()) {
            return;
        }
        SocketAddress remote = request.remotePeer().address();
        watch.expectEnd(remote);
        try {
            request.content().consume();
        } catch (UncheckedIOException | ServerConnectionException e) {
            // Gone or too slow: the connection ends either way.
            LOG.log(Level.DEBUG, "a connection ended before its last body did", e);
        }
    }
}

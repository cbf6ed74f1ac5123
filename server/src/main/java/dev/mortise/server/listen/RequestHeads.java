package dev.mortise.server.listen;

import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Looks at each request's head before the web server acts on it. Refuses those whose body two servers could take to end
 * in different places (RFC 9112, section 6.3), since what the one takes for the body the other may take for a request.
 */
final class RequestHeads implements Http1ConnectionListener {

    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");

    private final ConnectionWatch watch;

    RequestHeads(ConnectionWatch watch) {
        this.watch = watch;
    }

    /** The first line is complete; the headers are due. */
    @Override
    public void prologue(ConnectionContext connection, HttpPrologue prologue) {
        watch.expect(connection.remotePeer().address());
    }

    @Override
    public void headers(ConnectionContext connection, Headers headers) {
        watch.expectNothing(connection.remotePeer().address());
        if (!isFramedOneWay(headers)) {
            throw RequestException.builder()
                    .type(EventType.BAD_REQUEST)
                    .status(Status.BAD_REQUEST_400)
                    .setKeepAlive(false)
                    .message("ambiguous framing of the body")
                    .build();
        }
    }

    private static boolean isFramedOneWay(Headers headers) {
        boolean coded = headers.contains(HeaderNames.TRANSFER_ENCODING);
        boolean sized = headers.contains(HeaderNames.CONTENT_LENGTH);
        if (coded) {
            return !sized
                    && values(headers.get(HeaderNames.TRANSFER_ENCODING)).equals(List.of("chunked"))
                    // In the very spelling that makes the web server read chunks.
                    && headers.contains(HeaderValues.TRANSFER_ENCODING_CHUNKED);
        }
        if (sized) {
            List<String> values = values(headers.get(HeaderNames.CONTENT_LENGTH));
            return values.size() == 1 && LENGTH.matcher(values.getFirst()).matches();
        }
        return true;
    }

    private static List<String> values(Header header) {
        return header.allValues();
    }
}

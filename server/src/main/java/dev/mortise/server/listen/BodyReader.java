package dev.mortise.server.listen;

import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.util.function.IntPredicate;

/** Reads bodies into memory, up to a limit that holds whatever was announced, and no slower than the watch allows. */
final class BodyReader {

    private final ConnectionWatch watch;

    BodyReader(ConnectionWatch watch) {
        this.watch = watch;
    }

    /** As {@link #read(ServerRequest, long, IntPredicate)}, with room for whatever is within the limit. */
    Result<byte[]> read(ServerRequest request, long limit) {
        return read(request, limit, _ -> true);
    }

    /**
     * Returns the body, empty if there is none.
     *
     * @param hasRoom asked for each piece that has come, whether there is room for so many bytes more
     * @throws CloseConnectionException if the other side is gone or too slow
     */
    Result<byte[]> read(ServerRequest request, long limit, IntPredicate hasRoom) {
        if (!request.content().hasEntity()) {
            return Result.ok(new byte[0]);
        }
        if (request.headers().contentLength().orElse(0) > limit) {
            return tooLarge(limit);
        }
        SocketAddress remote = request.remotePeer().address();
        try {
            // Not to be closed: that would read on.
            return read(request.content().inputStream(), limit, hasRoom, remote);
        } catch (IOException
                | UncheckedIOException
                | ServerConnectionException
                | DataReader.InsufficientDataAvailableException e) {
            throw new CloseConnectionException("the body broke off", e);
        } catch (RequestException e) {
            return e.status().equals(Status.REQUEST_ENTITY_TOO_LARGE_413) ? tooLarge(limit) : misframed();
        } catch (NumberFormatException | DataReader.IncorrectNewLineException e) {
            // From the web server, of a chunk's length and of its end.
            return misframed();
        } finally {
            watch.expectNothing(remote);
        }
    }

    private Result<byte[]> read(InputStream in, long limit, IntPredicate hasRoom, SocketAddress remote)
            throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] piece = new byte[ConnectionWatch.PIECE];
        long progress = 0;
        watch.expect(remote);
        for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
            if (body.size() + (long) length > limit) {
                return tooLarge(limit);
            }
            if (!hasRoom.test(length)) {
                return Result.refused(Problem.of(
                        ProblemCode.TOO_MANY_CALLS, "too much is being sent here at this moment; try again later"));
            }
            body.write(piece, 0, length);
            progress += length;
            if (progress >= ConnectionWatch.PIECE) {
                progress = 0;
                watch.expect(remote);
            }
        }
        return Result.ok(body.toByteArray());
    }

    private static <T> Result<T> misframed() {
        return Result.refused(Problem.of(ProblemCode.INVALID_REQUEST, "the body is not framed as HTTP/1.1 has it"));
    }

    private static <T> Result<T> tooLarge(long limit) {
        return Result.refused(
                Problem.of(ProblemCode.BODY_TOO_LARGE, "the body is larger than the " + limit + " bytes allowed here")
                        .with("limit", limit));
    }
}

package dev.mortise.server.listen;

import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketAddress;

/** Reads bodies into memory, up to a limit that holds whatever was announced, and no slower than the watch allows. */
final class BodyReader {

    private static final int PIECE = 16 << 10;

    private final ConnectionWatch watch;

    BodyReader(ConnectionWatch watch) {
        this.watch = watch;
    }

    /**
     * @throws CloseConnectionException if the other side is gone or too slow
     * @throws RequestException if the body is framed wrongly
     */
    Result<byte[]> read(ServerRequest request, long limit) {
        if (!request.content().hasEntity()) {
            return Result.ok(new byte[0]);
        }
        if (request.headers().contentLength().orElse(0) > limit) {
            return tooLarge(limit);
        }
        SocketAddress remote = request.remotePeer().address();
        try (InputStream in = request.content().inputStream()) {
            return read(in, limit, remote);
        } catch (RequestException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new CloseConnectionException("the body broke off", e);
        } finally {
            watch.expectNothing(remote);
        }
    }

    private Result<byte[]> read(InputStream in, long limit, SocketAddress remote) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE];
        long start = watch.now();
        watch.expectMore(remote, start, 0);
        for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
            if (body.size() + (long) length > limit) {
                return tooLarge(limit);
            }
            body.write(piece, 0, length);
            watch.expectMore(remote, start, body.size());
        }
        return Result.ok(body.toByteArray());
    }

    private static <T> Result<T> tooLarge(long limit) {
        return Result.refused(
                Problem.of(ProblemCode.BODY_TOO_LARGE, "the body is larger than the " + limit + " bytes allowed here")
                        .with("limit", limit));
    }
}

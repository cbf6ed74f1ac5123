package dev.mortise.plugin.llmupstream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, piece by piece as it comes; the next piece is asked for when the one before was taken. Taken by
 * one thread; may be closed by any, which ends the connection if more was to come.
 */
final class PiecewiseBody implements BodySubscriber<PiecewiseBody>, AutoCloseable {

    /** What stands in the queue. The last one has no bytes. */
    private record Piece(byte[] bytes, @Nullable Throwable failure) {}

    private static final byte[] END = new byte[0];

    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();
    private final Duration idle;
    private volatile boolean closed;
    private boolean ended;

    /** @param idle how long to wait for each piece */
    PiecewiseBody(Duration idle) {
        this.idle = idle;
    }

    /**
     * Waits for the next piece.
     *
     * @return no bytes at the end
     * @throws IdleException if none comes in time
     */
    byte[] next() throws IOException {
        if (ended) {
            return END;
        }
        Piece piece;
        try {
            piece = pieces.poll(idle.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (piece == null) {
            throw new IdleException(idle);
        }
        if (piece.failure() != null) {
            throw new IOException("the answer broke off", piece.failure());
        }
        if (piece.bytes().length == 0) {
            ended = true;
        } else {
            request();
        }
        return piece.bytes();
    }

    /** All that is left. */
    byte[] all(int most) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] piece = next(); piece.length > 0; piece = next()) {
            if (all.size() + (long) piece.length > most) {
                throw new AnswerTooLargeException(most);
            }
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }

    private void request() {
        Flow.Subscription current = subscription.get();
        if (current != null) {
            current.request(1);
        }
    }

    @Override
    public CompletionStage<PiecewiseBody> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        if (closed || !subscription.compareAndSet(null, given)) {
            given.cancel();
        } else {
            given.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ByteBuffer buffer : buffers) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            all.writeBytes(bytes);
        }
        if (all.size() > 0) {
            pieces.add(new Piece(all.toByteArray(), null));
        } else {
            request();
        }
    }

    @Override
    public void onError(Throwable failure) {
        pieces.add(new Piece(END, failure));
    }

    @Override
    public void onComplete() {
        pieces.add(new Piece(END, null));
    }

    @Override
    public void close() {
        closed = true;
        Flow.Subscription current = subscription.get();
        if (current != null) {
            current.cancel();
        }
        pieces.add(new Piece(END, new IOException("closed")));
    }
}

package dev.mortise.runtime.process.sdk;

import com.google.protobuf.ByteString;
import dev.mortise.runtime.process.wire.goplugin.StdioData;
import dev.mortise.runtime.process.wire.goplugin.StdioData.Channel;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What the plugin has printed and the host has not read yet. While nobody reads, the oldest output makes way for the
 * newest; a host that reads slowly slows the plugin down, but never stops it. Safe for use by several threads.
 */
final class StdioBuffer {

    private static final int LARGEST_CHUNK = 1024;
    private static final int MOST_BYTES = 1 << 20;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Deque<StdioData> chunks = new ArrayDeque<>();
    private int bytes;
    private boolean isRead;
    private boolean ended;
    private Runnable onWritten = () -> {};

    OutputStream stream(Channel channel) {
        return new OutputStream() {
            @Override
            public void write(int one) {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] data, int from, int length) {
                for (int at = from; at < from + length; at += LARGEST_CHUNK) {
                    add(StdioData.newBuilder()
                            .setChannel(channel)
                            .setData(ByteString.copyFrom(data, at, Math.min(LARGEST_CHUNK, from + length - at)))
                            .build());
                }
            }
        };
    }

    private void add(StdioData chunk) {
        Runnable written;
        synchronized (this) {
            awaitRoom();
            while (bytes >= MOST_BYTES && !chunks.isEmpty()) {
                bytes -= chunks.remove().getData().size();
            }
            chunks.add(chunk);
            bytes += chunk.getData().size();
            notifyAll();
            written = onWritten;
        }
        written.run();
    }

    private void awaitRoom() {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        try {
            while (isRead && bytes >= MOST_BYTES) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Somebody reads from now on. @param written is run after every write */
    synchronized void read(Runnable written) {
        isRead = true;
        onWritten = written;
    }

    /** Nobody reads any more. */
    synchronized void abandon() {
        isRead = false;
        onWritten = () -> {};
        notifyAll();
    }

    synchronized Optional<StdioData> next() {
        StdioData chunk = chunks.poll();
        if (chunk == null) {
            return Optional.empty();
        }
        bytes -= chunk.getData().size();
        notifyAll();
        return Optional.of(chunk);
    }

    /** Nothing more is to come. */
    void end() {
        Runnable written;
        synchronized (this) {
            ended = true;
            written = onWritten;
        }
        written.run();
    }

    synchronized boolean hasEnded() {
        return ended && chunks.isEmpty();
    }

    /** Waits until everything has been read, as long as somebody reads. */
    synchronized void awaitRead(long timeout, TimeUnit unit) {
        long deadline = System.nanoTime() + unit.toNanos(timeout);
        try {
            while (isRead && !chunks.isEmpty() && deadline - System.nanoTime() > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

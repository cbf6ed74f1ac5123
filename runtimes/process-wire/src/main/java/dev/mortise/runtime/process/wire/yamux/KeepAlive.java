package dev.mortise.runtime.process.wire.yamux;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks the other end now and then whether it is there. Lives on the session's event loop. */
final class KeepAlive {

    private record Ping(long sent, CompletableFuture<Duration> answer) {}

    private final YamuxSession session;
    private final YamuxLimits limits;
    private final Map<Long, Ping> pings = new LinkedHashMap<>();
    private long nextPing;
    private @Nullable Future<?> next;

    KeepAlive(YamuxSession session, YamuxLimits limits) {
        this.session = session;
        this.limits = limits;
    }

    void start(EventExecutor loop) {
        next = loop.schedule(() -> ask(loop), limits.keepAlive().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void ask(EventExecutor loop) {
        CompletableFuture<Duration> answer = ping();
        next = loop.schedule(
                () -> {
                    if (answer.isDone()) {
                        start(loop);
                    } else {
                        session.fail(new YamuxException(
                                YamuxException.Reason.KEEP_ALIVE,
                                "the other end has not answered a ping within "
                                        + limits.answer().toMillis() + " ms"));
                    }
                },
                limits.answer().toNanos(),
                TimeUnit.NANOSECONDS);
    }

    /** Completed with the time that the answer took. */
    CompletableFuture<Duration> ping() {
        CompletableFuture<Duration> answer = new CompletableFuture<>();
        long id = nextPing++ & 0xFFFF_FFFFL;
        pings.put(id, new Ping(System.nanoTime(), answer));
        session.control(FrameType.PING, FrameHeader.SYN, 0, id);
        return answer;
    }

    void received(FrameHeader ping) {
        if (ping.has(FrameHeader.SYN)) {
            session.control(FrameType.PING, FrameHeader.ACK, 0, ping.length());
            return;
        }
        Ping asked = pings.remove(ping.length());
        if (asked != null) {
            asked.answer().complete(Duration.ofNanos(System.nanoTime() - asked.sent()));
        }
    }

    void stop(YamuxException why) {
        Future<?> scheduled = next;
        if (scheduled != null) {
            scheduled.cancel(false);
        }
        pings.values().forEach(ping -> ping.answer().completeExceptionally(why));
        pings.clear();
    }
}

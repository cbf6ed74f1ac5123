package dev.mortise.server.events;

import dev.mortise.host.Events;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.server.route.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The streams of events that are being read. Their number is bounded; each ends when its reader is gone, which a
 * heartbeat finds out, or when the server shuts down. Safe for use by several threads.
 */
public final class EventStreams {

    private final Events events;
    private final int limit;
    private final Duration heartbeat;
    private final Set<EventStream> open = new HashSet<>();
    private boolean ended;

    public EventStreams(Events events, int limit, Duration heartbeat) {
        this.events = events;
        this.limit = limit;
        this.heartbeat = heartbeat;
    }

    /**
     * A stream of the events that pass.
     *
     * @param after as {@link Events#subscribe} has it
     */
    public synchronized Answer stream(Events.Filter filter, long after) {
        if (ended) {
            return Answer.refused(Problem.of(ProblemCode.SHUTTING_DOWN, "this server is shutting down"));
        }
        if (open.size() >= limit) {
            return Answer.refused(Problem.of(
                            ProblemCode.TOO_MANY_CALLS,
                            "all " + limit + " event streams of this server are in use; end one, or ask for the recent"
                                    + " events with Accept: application/json")
                    .with("limit", limit));
        }
        EventStream stream = new EventStream(events, filter, after, heartbeat, this::remove);
        open.add(stream);
        return new Answer.Stream(stream);
    }

    public synchronized int count() {
        return open.size();
    }

    /** Ends all streams; there will be no new ones. */
    public void end() {
        List<EventStream> streams;
        synchronized (this) {
            ended = true;
            streams = new ArrayList<>(open);
        }
        streams.forEach(EventStream::end);
    }

    private synchronized void remove(EventStream stream) {
        open.remove(stream);
    }
}

package dev.mortise.host;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What happens in a host: its life cycle, its plugins' events, and log lines. */
public interface Events {

    /**
     * Hears events from now on, after those of the recent past that have greater numbers than {@code after}.
     *
     * <p>Each subscriber has a bounded queue and a thread of its own; one that falls behind loses the oldest events
     * and is told how many by a {@code lost} event.
     *
     * @param after -1 for none of the past, 0 for all that is remembered
     */
    Subscription subscribe(Filter filter, long after, Consumer<HostEvent> listener);

    /** The most recent that pass, oldest first. */
    List<HostEvent> recent(Filter filter, int limit);

    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * @param kinds empty for all
     * @param source only events of this plugin, or of {@code mortise}; the empty text for all
     */
    record Filter(Set<HostEvent.Kind> kinds, String source) {

        public static final Filter ALL = new Filter(Set.of(), "");

        public Filter {
            kinds = Set.copyOf(kinds);
        }

        public boolean passes(HostEvent event) {
            return (kinds.isEmpty() || kinds.contains(event.kind()))
                    && (source.isEmpty() || source.equals(event.source()));
        }
    }
}

package dev.mortise.runtime.process;

import dev.mortise.runtime.process.goplugin.PluginConnection;
import dev.mortise.runtime.process.session.PluginFault;
import dev.mortise.runtime.process.session.PluginSession;
import dev.mortise.runtime.process.supervise.PluginDownException;
import dev.mortise.runtime.process.supervise.PluginSupervisor;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls a plugin whose process may go down at any moment, also in the middle of a call. */
final class SupervisedPlugin {

    /** A session and the connection that it uses. */
    record LiveSession(PluginConnection connection, PluginSession session) {}

    /** What is done with a session. */
    @FunctionalInterface
    interface Use<T> {
        T with(PluginSession session) throws Exception;
    }

    /** From the end of a connection to the news that the process at its other end is gone. */
    private static final long NEWS_MILLIS = 500;

    private final PluginSupervisor<LiveSession> supervisor;

    SupervisedPlugin(PluginSupervisor<LiveSession> supervisor) {
        this.supervisor = supervisor;
    }

    /** @throws PluginDownException if it is down, or goes down meanwhile */
    <T> T call(Use<T> use) throws Exception {
        return call(supervisor.session(), use);
    }

    /**
     * As {@link #call}; if the plugin is down or goes down, waits until it has been started again, and tries once more.
     *
     * @param use may be done twice
     * @param deadline of the waiting
     */
    <T> T callRepeatably(Use<T> use, Instant deadline) throws Exception {
        LiveSession first;
        try {
            first = supervisor.session();
        } catch (PluginDownException e) {
            return call(supervisor.awaitSession(deadline), use);
        }
        try {
            return call(first, use);
        } catch (PluginDownException e) {
            return call(supervisor.awaitSessionAfter(first, deadline), use);
        }
    }

    private static <T> T call(LiveSession live, Use<T> use) throws Exception {
        try {
            return use.with(live.session());
        } catch (PluginFault fault) {
            if (fault.isLostConnection() && hasEnded(live.connection())) {
                throw new PluginDownException("plugin " + live.connection().plugin()
                        + " went down during the call, which it may have carried out or not: " + fault.getMessage());
            }
            throw fault;
        }
    }

    private static boolean hasEnded(PluginConnection connection) throws InterruptedException {
        try {
            connection.onExit().get(NEWS_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("an exit cannot fail", e);
        }
    }
}

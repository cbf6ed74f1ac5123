package dev.mortise.runtime.process.supervise;

import dev.mortise.runtime.process.goplugin.LaunchException;
import dev.mortise.runtime.process.goplugin.LaunchResult;
import dev.mortise.runtime.process.goplugin.PluginConnection;
import dev.mortise.runtime.process.goplugin.StopReport;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one plugin up. A plugin that ends by itself is started again, at once at first and then later and later; one that will not stay up is
 * quarantined and gets a try now and then. While it is down, whoever wants it is told so at once. Safe for use by several
 * threads.
 *
 * @param <S> what is made of a connection, each time there is a new one
 */
public final class PluginSupervisor<S> implements AutoCloseable {

    /** Launches the plugin. */
    @FunctionalInterface
    public interface Starter {
        LaunchResult launch() throws InterruptedException;
    }

    /** Makes a session of a connection. Whatever it throws, the connection is closed and the start has failed. */
    @FunctionalInterface
    public interface Opener<S> {
        S open(PluginConnection connection) throws Exception;
    }

    private record Live<S>(PluginConnection connection, S session, Instant since) {}

    private final String plugin;
    private final Starter starter;
    private final Opener<S> opener;
    private final CrashRecord crashes;
    private final InstantSource clock;
    private final System.Logger log;
    private final Consumer<SupervisionState> observer;
    private final Object news = new Object();
    private volatile SupervisionState state = new SupervisionState.Stopped();
    private volatile @Nullable Live<S> live;
    private @Nullable Thread watcher;
    private boolean stopping;

    public PluginSupervisor(
            String plugin,
            Starter starter,
            Opener<S> opener,
            RestartPolicy policy,
            InstantSource clock,
            System.Logger log,
            Consumer<SupervisionState> observer) {
        this.plugin = plugin;
        this.starter = starter;
        this.opener = opener;
        this.crashes = new CrashRecord(policy);
        this.clock = clock;
        this.log = log;
        this.observer = observer;
    }

    /**
     * Starts the plugin for the first time, which is not tried again.
     *
     * @throws Exception why it cannot be started
     */
    public S start() throws Exception {
        Live<S> first = open();
        synchronized (this) {
            if (stopping) {
                live = null;
                first.connection().kill();
                throw new PluginDownException("plugin " + plugin + " has been stopped");
            }
            watcher = Thread.ofVirtual()
                    .name("mortise-process-" + plugin + "-supervisor")
                    .start(() -> watch(first));
        }
        return first.session();
    }

    private Live<S> open() throws Exception {
        PluginConnection connection = starter.launch().orThrow();
        boolean opened = false;
        try {
            Live<S> started = new Live<>(connection, opener.open(connection), clock.instant());
            opened = true;
            live = started;
            become(new SupervisionState.Running());
            return started;
        } finally {
            if (!opened) {
                connection.kill();
            }
        }
    }

    private void become(SupervisionState next) {
        synchronized (news) {
            state = next;
            news.notifyAll();
        }
        observer.accept(next);
    }

    public SupervisionState state() {
        return state;
    }

    /** @throws PluginDownException if the plugin is not up */
    public S session() throws PluginDownException {
        Live<S> present = live;
        if (present != null) {
            return present.session();
        }
        throw down();
    }

    private PluginDownException down() {
        return new PluginDownException(
                switch (state) {
                    case SupervisionState.Restarting(String why, Instant next) ->
                        "plugin " + plugin + " is being restarted: " + why + "; the next try is at " + next;
                    case SupervisionState.Quarantined(String why, Instant next) ->
                        "plugin " + plugin + " is quarantined because it goes down again and again, last time: " + why
                                + "; it gets another try at " + next + ", or reload it";
                    case SupervisionState.Running _, SupervisionState.Stopped _ -> "plugin " + plugin + " does not run";
                });
    }

    /**
     * Waits for the plugin to be up.
     *
     * @throws PluginDownException as soon as it is clear that it will not be up before the deadline
     */
    public S awaitSession(Instant deadline) throws PluginDownException, InterruptedException {
        return await(Optional.empty(), deadline);
    }

    /** As {@link #awaitSession}, for a session that comes after one that has failed. */
    public S awaitSessionAfter(S failed, Instant deadline) throws PluginDownException, InterruptedException {
        return await(Optional.of(failed), deadline);
    }

    private S await(Optional<S> failed, Instant deadline) throws PluginDownException, InterruptedException {
        synchronized (news) {
            while (true) {
                Live<S> present = live;
                if (present != null
                        && failed.filter(old -> old == present.session()).isEmpty()) {
                    return present.session();
                }
                long left = Duration.between(clock.instant(), deadline).toMillis();
                if (left <= 0 || present == null && !comesBackBefore(deadline)) {
                    throw down();
                }
                news.wait(left);
            }
        }
    }

    private boolean comesBackBefore(Instant deadline) {
        return switch (state) {
            case SupervisionState.Restarting(String _, Instant next) -> next.isBefore(deadline);
            // It is on its way up, or on its way down and will say so.
            case SupervisionState.Running _ -> true;
            case SupervisionState.Quarantined _, SupervisionState.Stopped _ -> false;
        };
    }

    private void watch(Live<S> first) {
        Optional<Live<S>> current = Optional.of(first);
        String why = "";
        try {
            while (true) {
                Duration ran = Duration.ZERO;
                if (current.isPresent()) {
                    Live<S> watched = current.get();
                    why = "its process ended with status "
                            + watched.connection().onExit().get();
                    ran = Duration.between(watched.since(), clock.instant());
                    live = null;
                    // What it had started goes with it; whoever stops it now finds nothing to stop any more.
                    watched.connection().kill();
                    if (isStopping()) {
                        return;
                    }
                }
                if (!rest(crashes.crashed(ran), why)) {
                    return;
                }
                try {
                    current = Optional.of(open());
                } catch (InterruptedException e) {
                    throw e;
                } catch (Exception e) {
                    why = e instanceof LaunchException ? String.valueOf(e.getMessage()) : String.valueOf(e);
                    current = Optional.empty();
                }
                if (current.isPresent() && isStopping()) {
                    live = null;
                    current.get().connection().kill();
                    return;
                }
            }
        } catch (InterruptedException e) {
            // Stopped while it was starting or resting; an attempt cleans up after itself.
        } catch (ExecutionException e) {
            throw new IllegalStateException("an exit cannot fail", e);
        }
    }

    /** @return whether to go on afterwards */
    private boolean rest(CrashRecord.Consequence consequence, String why) throws InterruptedException {
        Instant next = clock.instant().plus(consequence.delay());
        switch (consequence) {
            case CrashRecord.Consequence.Restart _ -> {
                log.log(
                        Level.WARNING,
                        "plugin " + plugin + " went down: " + why + "; it is restarted "
                                + (consequence.delay().isZero() ? "at once" : "at " + next));
                become(new SupervisionState.Restarting(why, next));
            }
            case CrashRecord.Consequence.Quarantine _ -> {
                log.log(
                        Level.ERROR,
                        "plugin " + plugin + " goes down again and again: " + why + "; it gets another try at " + next);
                become(new SupervisionState.Quarantined(why, next));
            }
        }
        Thread.sleep(consequence.delay());
        return !isStopping();
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    /** Stops the plugin for good, in bounded time. @return how, if it was up */
    public Optional<StopReport> stop() {
        Thread watching;
        synchronized (this) {
            stopping = true;
            watching = watcher;
        }
        Live<S> present = live;
        Optional<StopReport> report = present == null
                ? Optional.empty()
                : Optional.of(present.connection().stop());
        live = null;
        if (watching != null) {
            watching.interrupt();
            try {
                watching.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        synchronized (news) {
            state = new SupervisionState.Stopped();
            news.notifyAll();
        }
        return report;
    }

    @Override
    public void close() {
        stop();
    }
}

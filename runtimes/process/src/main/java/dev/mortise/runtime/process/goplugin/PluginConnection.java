package dev.mortise.runtime.process.goplugin;

import dev.mortise.runtime.process.launch.PluginProcess;
import dev.mortise.runtime.process.wire.Broker;
import dev.mortise.runtime.process.wire.Transport;
import dev.mortise.runtime.process.wire.goplugin.GRPCBrokerGrpc;
import dev.mortise.runtime.process.wire.yamux.YamuxException;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A plugin that runs and answers, until it is closed or ends by itself. Safe for use by several threads. */
public final class PluginConnection implements AutoCloseable {

    /** Under which every plugin of the protocol says how it is. */
    private static final String HEALTH_SERVICE = "plugin";

    /** For the last output of a plugin that has ended. */
    private static final Duration FLUSH = Duration.ofSeconds(1);

    private final PluginLaunch launch;
    private final PluginProcess process;
    private final HandshakeCheck.Agreed agreed;
    private final Optional<PluginReattach> reattach;
    private final Transport transport;
    private final ManagedChannel channel;
    private final Broker broker;
    private final PluginOutput output;
    private final List<Runnable> afterwards = new ArrayList<>();
    private volatile boolean stopping;
    private @Nullable StopReport stopped;

    PluginConnection(
            PluginLaunch launch,
            PluginProcess process,
            HandshakeCheck.Agreed agreed,
            Optional<PluginReattach> reattach,
            Transport transport,
            ManagedChannel channel,
            Broker broker,
            PluginOutput output) {
        this.launch = launch;
        this.process = process;
        this.agreed = agreed;
        this.reattach = reattach;
        this.transport = transport;
        this.channel = channel;
        this.broker = broker;
        this.output = output;
    }

    /** Opens the streams that every connection has. */
    void open() {
        broker.connectTo(GRPCBrokerGrpc.newStub(channel));
        output.follow(channel);
    }

    /** Ends the process after it has lost the one connection that it can have, unless it ends by itself. */
    void endAfter(CompletableFuture<Optional<YamuxException>> lost, System.Logger log) {
        Executor later = CompletableFuture.delayedExecutor(
                launch.stopGrace().toNanos(),
                TimeUnit.NANOSECONDS,
                task -> Thread.ofVirtual()
                        .name("mortise-process-" + launch.plugin() + "-lost")
                        .start(task));
        lost.thenAcceptAsync(
                why -> {
                    if (!stopping && process.isAlive()) {
                        log.log(
                                Level.WARNING,
                                "plugin " + launch.plugin()
                                        + " has lost the one connection that it has with this host, and runs on"
                                        + why.map(cause -> ": " + cause.getMessage())
                                                .orElse("")
                                        + "; its process is ended");
                        process.kill();
                    }
                },
                later);
    }

    public String plugin() {
        return launch.plugin();
    }

    /** The one channel to the plugin's services; it belongs to this connection. */
    public Channel channel() {
        return channel;
    }

    public Broker broker() {
        return broker;
    }

    public PluginProcess process() {
        return process;
    }

    /** What plugin and host have agreed to speak. */
    public int version() {
        return agreed.version();
    }

    /** By which another host finds this plugin again; absent with AutoMTLS, whose keys nobody else has, and with multiplexing. */
    public Optional<PluginReattach> reattach() {
        return reattach;
    }

    /** Completed with the exit status when the plugin's process has ended, asked or not. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit();
    }

    /**
     * Asks the plugin whether it is well.
     *
     * @return what the health service says
     * @throws StatusRuntimeException if it does not answer in time
     */
    public HealthCheckResponse.ServingStatus ping(Duration timeout) {
        return HealthGrpc.newBlockingStub(channel)
                .withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS)
                .check(HealthCheckRequest.newBuilder()
                        .setService(HEALTH_SERVICE)
                        .build())
                .getStatus();
    }

    /** As {@link #ping}; a plugin without a health service is well if its connection is. */
    public HealthProbe probe(Duration timeout) {
        try {
            HealthCheckResponse.ServingStatus status = ping(timeout);
            return status == HealthCheckResponse.ServingStatus.SERVING
                    ? new HealthProbe.Well()
                    : new HealthProbe.Unwell("its health service says " + status + " for '" + HEALTH_SERVICE + "'");
        } catch (StatusRuntimeException e) {
            Status status = e.getStatus();
            return switch (status.getCode()) {
                case UNIMPLEMENTED -> new HealthProbe.Well();
                case NOT_FOUND ->
                    new HealthProbe.Unwell("its health service does not know the service '" + HEALTH_SERVICE + "'");
                default -> new HealthProbe.Unreachable(ChannelFault.of(status));
            };
        }
    }

    /** Stops the plugin in bounded time, and everything that it started. Later calls give the first one's report. */
    public synchronized StopReport stop() {
        StopReport before = stopped;
        if (before != null) {
            return before;
        }
        stopping = true;
        broker.close();
        StopReport report = new PluginStop(process, launch.stopGrace()).gracefully(channel);
        free();
        stopped = report;
        return report;
    }

    /** Ends the plugin, and everything that it started, without asking. */
    public synchronized StopReport kill() {
        StopReport before = stopped;
        if (before != null) {
            return before;
        }
        stopping = true;
        broker.close();
        StopReport report = new PluginStop(process, launch.stopGrace()).forcibly();
        free();
        stopped = report;
        return report;
    }

    /** Lets go of a plugin without stopping it, for another host to take over. */
    public synchronized void detach() {
        if (stopped == null) {
            stopping = true;
            stopped = new StopReport(StopReport.Step.HAD_EXITED, OptionalInt.empty(), Duration.ZERO);
            broker.close();
            channel.shutdownNow();
            transport.close();
        }
    }

    /** Does something when the plugin has been stopped and everything of it is gone; at once if that is so already. */
    public synchronized void onClosed(Runnable action) {
        if (stopped == null) {
            afterwards.add(action);
        } else {
            action.run();
        }
    }

    private void free() {
        output.awaitEnd(FLUSH);
        channel.shutdownNow();
        process.close();
        transport.close();
        output.close();
        afterwards.forEach(Runnable::run);
    }

    @Override
    public void close() {
        stop();
    }
}

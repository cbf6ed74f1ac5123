package dev.mortise.runtime.process.goplugin;

import dev.mortise.runtime.process.goplugin.LaunchFailure.Reason;
import dev.mortise.runtime.process.launch.AttachedProcess;
import dev.mortise.runtime.process.launch.PluginProcess;
import dev.mortise.runtime.process.launch.ProcessMark;
import dev.mortise.runtime.process.launch.ProcessRequest;
import dev.mortise.runtime.process.launch.ProcessSpawner;
import dev.mortise.runtime.process.wire.MutualTls;
import dev.mortise.runtime.process.wire.PeerIdentity;
import dev.mortise.runtime.process.wire.SocketBroker;
import dev.mortise.runtime.process.wire.SocketFolder;
import dev.mortise.runtime.process.wire.Transport;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Launches executables that speak the go-plugin protocol over gRPC. Whatever comes back, it comes in bounded time; after
 * a failure nothing is left of the plugin. Safe for use by several threads.
 */
public final class PluginLauncher {

    /** As in hosts written in Go: what a message may have is for the services to say. */
    private static final int LARGEST_MESSAGE = Integer.MAX_VALUE;

    private final ProcessSpawner spawner;
    private final Clock clock;
    private final System.Logger log;

    /** @param log takes what plugins write, and what the launcher has to say about them */
    public PluginLauncher(ProcessSpawner spawner, Clock clock, System.Logger log) {
        this.spawner = spawner;
        this.clock = clock;
        this.log = log;
    }

    public LaunchResult launch(PluginLaunch launch) throws InterruptedException {
        Optional<LaunchResult> tampered = tampered(launch);
        if (tampered.isPresent()) {
            return tampered.get();
        }
        Optional<PeerIdentity> identity =
                launch.autoMtls() ? Optional.of(PeerIdentity.create(clock)) : Optional.empty();
        ProcessMark mark = ProcessMark.create();
        PluginProcess process;
        try {
            process = spawner.start(new ProcessRequest(
                    launch.plugin(), launch.command(), LaunchEnvironment.of(launch, identity, mark), launch.folder()));
        } catch (IOException e) {
            return LaunchResult.failed(
                    Reason.CANNOT_START,
                    "plugin " + launch.plugin() + " cannot be started: " + e.getMessage() + "."
                            + FileDiagnosis.of(launch.executable()));
        }
        return new LaunchAttempt(launch, process, identity, mark, log).run(LARGEST_MESSAGE);
    }

    private static Optional<LaunchResult> tampered(PluginLaunch launch) {
        if (launch.checksum().isEmpty()) {
            return Optional.empty();
        }
        try {
            return launch.checksum()
                    .get()
                    .mismatch()
                    .map(what -> LaunchResult.failed(
                            Reason.CHECKSUM_MISMATCH,
                            "plugin " + launch.plugin()
                                    + " is not started: checksums did not match, its package is not what was installed: "
                                    + what + ". Install it again"));
        } catch (IOException e) {
            return Optional.of(LaunchResult.failed(
                    Reason.CHECKSUM_MISMATCH,
                    "plugin " + launch.plugin() + " is not started: its package cannot be read: " + e.getMessage()));
        }
    }

    /**
     * Takes over a plugin that runs already, without AutoMTLS and without multiplexing. Its earlier output is lost, and
     * what it writes to its pipes goes to whoever started it.
     *
     * @param launch says how to stop it; its command is not run
     */
    public LaunchResult reattach(PluginLaunch launch, PluginReattach reattach) {
        if (launch.multiplexing()) {
            return LaunchResult.failed(
                    Reason.MULTIPLEXING_REATTACH,
                    "plugin " + launch.plugin()
                            + " cannot be taken over: broker multiplexing is not supported with reattach, "
                            + "since a multiplexing plugin has one connection for its whole life. Launch it anew, "
                            + "or launch and reattach it without multiplexing");
        }
        Optional<PluginProcess> process =
                AttachedProcess.find(reattach.pid(), reattach.startTime(), new ProcessMark(reattach.mark()));
        if (process.isEmpty()) {
            return LaunchResult.failed(
                    Reason.PROCESS_NOT_FOUND,
                    "plugin " + launch.plugin() + " does not run any more as process " + reattach.pid()
                            + ", started at " + reattach.startTime() + "; launch it anew");
        }
        Transport transport = new Transport(launch.plugin(), LARGEST_MESSAGE, HostSockets.provider());
        ManagedChannel channel = transport.channel(reattach.address(), Optional.empty());
        PluginConnection connection = new PluginConnection(
                launch,
                process.get(),
                new HandshakeCheck.Agreed(reattach.version(), reattach.address(), Optional.empty()),
                Optional.of(reattach),
                transport,
                channel,
                new SocketBroker(
                        transport, Optional.<MutualTls>empty(), SocketFolder.shared(launch.socketFolder(), "h")),
                new PluginOutput(launch, log));
        HealthProbe probe = connection.probe(launch.startTimeout());
        if (probe instanceof HealthProbe.Well) {
            connection.open();
            return new LaunchResult.Connected(connection);
        }
        // It is somebody's plugin, and perhaps ours: it is left as it is.
        connection.detach();
        return LaunchResult.failed(
                Reason.UNREACHABLE,
                "plugin " + launch.plugin() + " runs as process " + reattach.pid() + " but cannot be used: "
                        + reason(probe));
    }

    static String reason(HealthProbe probe) {
        return switch (probe) {
            case HealthProbe.Well _ -> "it is well";
            case HealthProbe.Unwell(String why) -> why;
            case HealthProbe.Unreachable(String why) -> why;
        };
    }

    /** A duration for people. */
    static String inWords(Duration duration) {
        return duration.toMillis() < 1_000 ? duration.toMillis() + " ms" : duration.toMillis() / 1_000.0 + " s";
    }
}

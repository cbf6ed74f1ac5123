package dev.mortise.runtime.process.goplugin;

import dev.mortise.runtime.process.goplugin.LaunchFailure.Reason;
import dev.mortise.runtime.process.launch.PluginProcess;
import dev.mortise.runtime.process.launch.ProcessMark;
import dev.mortise.runtime.process.wire.Broker;
import dev.mortise.runtime.process.wire.MultiplexedBroker;
import dev.mortise.runtime.process.wire.MultiplexedConnection;
import dev.mortise.runtime.process.wire.MutualTls;
import dev.mortise.runtime.process.wire.PeerIdentity;
import dev.mortise.runtime.process.wire.SocketBroker;
import dev.mortise.runtime.process.wire.SocketFolder;
import dev.mortise.runtime.process.wire.Transport;
import dev.mortise.runtime.process.wire.yamux.YamuxException;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One process on its way from its start to a connection, or to nothing. */
final class LaunchAttempt {

    /** For the last words of a process that has ended. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final PluginLaunch launch;
    private final PluginProcess process;
    private final Optional<PeerIdentity> identity;
    private final ProcessMark mark;
    private final PluginOutput output;
    private final System.Logger log;
    private final long began = System.nanoTime();

    LaunchAttempt(
            PluginLaunch launch,
            PluginProcess process,
            Optional<PeerIdentity> identity,
            ProcessMark mark,
            System.Logger log) {
        this.launch = launch;
        this.process = process;
        this.identity = identity;
        this.mark = mark;
        this.output = new PluginOutput(launch, log);
        this.log = log;
    }

    LaunchResult run(int largestMessage) throws InterruptedException {
        boolean connected = false;
        try {
            output.read(process);
            LaunchResult result = connect(new HandshakeCheck(launch).check(handshakeLine()), largestMessage);
            connected = result instanceof LaunchResult.Connected;
            return result;
        } catch (HandshakeCheck.Refusal e) {
            return new LaunchResult.Failed(e.failure());
        } finally {
            if (!connected) {
                process.close();
                output.awaitEnd(LAST_WORDS);
                output.close();
            }
        }
    }

    private String handshakeLine() throws InterruptedException, HandshakeCheck.Refusal {
        CompletableFuture<String> line = output.handshake().line();
        try {
            CompletableFuture.anyOf(line, process.onExit()).get(left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new HandshakeCheck.Refusal(
                    Reason.START_TIMEOUT,
                    "plugin " + launch.plugin()
                            + " cannot be used: timeout while waiting for plugin to start: no handshake within "
                            + PluginLauncher.inWords(launch.startTimeout()) + seen());
        } catch (ExecutionException e) {
            throw new IllegalStateException("neither a handshake nor an exit can fail", e);
        }
        if (!line.isDone()) {
            // The process may have said everything before it ended, with the pumps still on their way.
            output.awaitEnd(LAST_WORDS);
        }
        if (!line.isDone()) {
            int status = process.onExit().join();
            throw new HandshakeCheck.Refusal(
                    Reason.EXITED_EARLY,
                    "plugin " + launch.plugin() + " cannot be used: plugin exited before we could connect, with status "
                            + status
                            + process.explain(status).map(why -> ". " + why).orElse("")
                            + seen());
        }
        return line.join();
    }

    private String seen() {
        String seen = output.handshake().seen();
        return (seen.isEmpty()
                        ? "; it wrote nothing to its standard output"
                        : "; instead of a handshake it wrote to its standard output: " + seen)
                + ". Is this a go-plugin executable, with the cookie "
                + launch.handshake().cookieKey() + "? Its log may say more."
                + FileDiagnosis.of(launch.executable());
    }

    private LaunchResult connect(HandshakeCheck.Agreed agreed, int largestMessage) {
        Optional<MutualTls> tls =
                identity.flatMap(own -> agreed.certificate().map(certificate -> MutualTls.with(own, certificate)));
        Transport transport = new Transport(launch.plugin(), largestMessage, HostSockets.provider());
        ManagedChannel channel;
        Broker broker;
        CompletableFuture<Optional<YamuxException>> lost = new CompletableFuture<>();
        try {
            if (launch.multiplexing()) {
                // At once: a plugin that nobody connects to gives up after some seconds.
                MultiplexedConnection shared = MultiplexedConnection.connect(transport, agreed.address(), left());
                channel = shared.channel(tls);
                lost = shared.ended();
                broker = new MultiplexedBroker(shared, transport, tls);
            } else {
                channel = transport.channel(agreed.address(), tls);
                broker = new SocketBroker(transport, tls, SocketFolder.shared(launch.socketFolder(), "h"));
            }
        } catch (IOException e) {
            transport.close();
            return unusable(Reason.UNREACHABLE, String.valueOf(e.getMessage()));
        }
        PluginConnection connection = new PluginConnection(
                launch,
                process,
                agreed,
                launch.autoMtls() || launch.multiplexing()
                        ? Optional.empty()
                        : Optional.of(new PluginReattach(
                                process.pid(), process.startTime(), mark.value(), agreed.address(), agreed.version())),
                transport,
                channel,
                broker,
                output);
        HealthProbe probe = connection.probe(left());
        if (probe instanceof HealthProbe.Well) {
            connection.open();
            connection.endAfter(lost, log);
            return new LaunchResult.Connected(connection);
        }
        connection.kill();
        return unusable(
                probe instanceof HealthProbe.Unwell ? Reason.UNHEALTHY : Reason.UNREACHABLE,
                PluginLauncher.reason(probe));
    }

    private LaunchResult unusable(Reason reason, String why) {
        return LaunchResult.failed(
                reason,
                "plugin " + launch.plugin() + " cannot be used: it shook hands, but " + why + ". Its log may say more");
    }

    private Duration left() {
        return launch.startTimeout().minusNanos(System.nanoTime() - began).plusMillis(1);
    }
}

package dev.mortise.runtime.process;

import dev.mortise.api.Health;
import dev.mortise.api.json.JsonObject;
import dev.mortise.host.model.GoPlugin;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.spi.Contributions;
import dev.mortise.host.spi.InstanceRequest;
import dev.mortise.host.spi.Isolation;
import dev.mortise.host.spi.Leftover;
import dev.mortise.host.spi.PluginInstance;
import dev.mortise.host.spi.PluginStartException;
import dev.mortise.host.spi.StopSignal;
import dev.mortise.runtime.process.SupervisedPlugin.LiveSession;
import dev.mortise.runtime.process.contain.ContainedSpawner;
import dev.mortise.runtime.process.goplugin.Handshake;
import dev.mortise.runtime.process.goplugin.HealthProbe;
import dev.mortise.runtime.process.goplugin.LaunchException;
import dev.mortise.runtime.process.goplugin.LaunchFailure;
import dev.mortise.runtime.process.goplugin.LaunchResult;
import dev.mortise.runtime.process.goplugin.PackageChecksum;
import dev.mortise.runtime.process.goplugin.PluginConnection;
import dev.mortise.runtime.process.goplugin.PluginLaunch;
import dev.mortise.runtime.process.goplugin.PluginLauncher;
import dev.mortise.runtime.process.goplugin.StopReport;
import dev.mortise.runtime.process.output.OutputSink;
import dev.mortise.runtime.process.service.DeclaredServices;
import dev.mortise.runtime.process.service.PresentChannel;
import dev.mortise.runtime.process.session.PluginFault;
import dev.mortise.runtime.process.session.Sessions;
import dev.mortise.runtime.process.supervise.PluginDownException;
import dev.mortise.runtime.process.supervise.PluginSupervisor;
import dev.mortise.runtime.process.supervise.RestartPolicy;
import dev.mortise.runtime.process.supervise.RunFolder;
import dev.mortise.runtime.process.wire.service.ServiceChannel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A plugin's process, with whatever it takes to keep it up, from load to release. */
final class ProcessInstance implements PluginInstance {

    /** A health check has two seconds; the answer must still travel. */
    private static final Duration HEALTH_TIMEOUT = Duration.ofMillis(1_500);

    /** What is left of the time for loading when the process answers, for the questions that follow. */
    private static final Duration QUESTIONS = Duration.ofSeconds(5);

    private final InstanceRequest request;
    private final Path executable;
    private final PackageChecksum checksum;
    private final RunFolder folder;
    private final Isolation isolation;
    private final PluginLauncher launcher;
    private final Sessions sessions;
    private final DeclaredServices services;
    private final PluginSupervisor<LiveSession> supervisor;
    private volatile JsonObject config;
    private volatile Optional<StopReport> stopped = Optional.empty();
    private volatile boolean released;

    ProcessInstance(
            InstanceRequest request,
            Path executable,
            PackageChecksum checksum,
            RunFolder folder,
            ContainedSpawner spawner,
            RestartPolicy policy,
            DeclaredServices services) {
        this.request = request;
        this.services = services;
        this.executable = executable;
        this.checksum = checksum;
        this.folder = folder;
        this.config = request.config();
        Manifest manifest = request.manifest();
        String id = manifest.id().value();
        System.Logger log = request.services().logger();
        this.isolation = spawner.isolation();
        this.launcher = new PluginLauncher(spawner.spawner(), request.services().clock(), log);
        this.sessions = new Sessions(id, request.services(), QUESTIONS);
        this.supervisor = new PluginSupervisor<>(
                id,
                this::launch,
                connection -> new LiveSession(connection, sessions.open(connection, config)),
                policy,
                request.services().clock(),
                log,
                state -> {});
    }

    private LaunchResult launch() throws InterruptedException {
        Path sockets;
        try {
            sockets = folder.next();
        } catch (IOException e) {
            return LaunchResult.failed(
                    LaunchFailure.Reason.CANNOT_START,
                    "plugin " + request.manifest().id() + " cannot be started: there is no place for its sockets: "
                            + e.getMessage());
        }
        LaunchResult result = launcher.launch(description(sockets));
        switch (result) {
            case LaunchResult.Failed _ -> RunFolder.remove(sockets);
            case LaunchResult.Connected(PluginConnection connection) ->
                connection.onClosed(() -> RunFolder.remove(sockets));
        }
        return result;
    }

    private PluginLaunch description(Path sockets) {
        Manifest manifest = request.manifest();
        GoPlugin goPlugin = manifest.goPlugin().orElse(GoPlugin.DEFAULT);
        Duration startTimeout = manifest.limits().loadDeadline().minus(QUESTIONS);
        return new PluginLaunch(
                manifest.id().value(),
                List.of(executable.toString()),
                PluginEnvironment.of(request, System.getenv()),
                request.services().dataDirectory(),
                sockets,
                new Handshake(goPlugin.cookieKey(), goPlugin.cookieValue(), goPlugin.protocolVersions()),
                goPlugin.autoMtls(),
                goPlugin.multiplex(),
                Optional.of(checksum),
                OutputSink.NONE,
                startTimeout.isPositive()
                        ? startTimeout
                        : manifest.limits().loadDeadline().dividedBy(2),
                PluginLaunch.STOP_GRACE);
    }

    @Override
    public @Nullable ClassLoader contextClassLoader() {
        return null;
    }

    @Override
    public Optional<Isolation> isolation() {
        return Optional.of(isolation);
    }

    /** An interrupt cancels the call, which frees the thread; the plugin's process is told so. */
    @Override
    public StopSignal stopSignal() {
        return StopSignal.NONE;
    }

    /** A call is a question to another process, and gRPC gives it up in time. */
    @Override
    public boolean runsOnCallersThreads() {
        return true;
    }

    @Override
    public Contributions load() throws Exception {
        try {
            LiveSession first = supervisor.start();
            return OfferedContributions.of(
                    first.session().offer(),
                    request.manifest(),
                    new SupervisedPlugin(supervisor),
                    services.connect(serviceChannel()));
        } catch (LaunchException | PluginFault e) {
            throw new PluginStartException(String.valueOf(e.getMessage()));
        }
    }

    private ServiceChannel serviceChannel() {
        return new ServiceChannel(
                request.manifest().id().value(),
                new PresentChannel(() -> supervisor.session().connection().channel()),
                request.manifest().limits().deadline(),
                QUESTIONS,
                request.services().clock());
    }

    @Override
    public Health health() {
        try {
            return switch (supervisor.session().connection().probe(HEALTH_TIMEOUT)) {
                case HealthProbe.Well _ -> Health.healthy();
                case HealthProbe.Unwell(String why) -> Health.unhealthy(why);
                case HealthProbe.Unreachable(String why) -> Health.unhealthy(why);
            };
        } catch (PluginDownException e) {
            return Health.unhealthy(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public boolean reconfigure(JsonObject next) throws Exception {
        if (!supervisor.session().session().reconfigure(next)) {
            return false;
        }
        config = next;
        return true;
    }

    @Override
    public void unload() {
        stopped = supervisor.stop();
    }

    @Override
    public List<Leftover> release() {
        if (released) {
            return List.of();
        }
        released = true;
        Optional<StopReport> report = supervisor.stop().or(() -> stopped);
        return report
                .filter(one -> one.step() == StopReport.Step.TERMINATED || one.step() == StopReport.Step.KILLED)
                .map(one -> new Leftover("process", described(one), true))
                .stream()
                .toList();
    }

    private static String described(StopReport report) {
        OptionalInt status = report.status();
        return "it did not end when it was asked to, and was ended by "
                + (report.step() == StopReport.Step.KILLED ? "SIGKILL" : "SIGTERM")
                + (status.isPresent() ? ", status " + status.getAsInt() : "");
    }

    /** Nothing of the plugin was ever in this memory. */
    @Override
    public boolean isCollected() {
        return released;
    }

    @Override
    public List<Leftover> remains() {
        return List.of();
    }
}

package dev.mortise.runtime.process.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.runtime.process.fixture.GoPeers;
import dev.mortise.runtime.process.fixture.JavaPeers;
import dev.mortise.runtime.process.fixture.Launches;
import dev.mortise.runtime.process.goplugin.LaunchResult;
import dev.mortise.runtime.process.goplugin.PluginConnection;
import dev.mortise.runtime.process.goplugin.PluginLaunch;
import dev.mortise.runtime.process.goplugin.StopReport;
import dev.mortise.runtime.process.peer.LosingPlugin;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(120)
class PluginSupervisorTest {

    private static final Duration SHORT = Duration.ofMillis(20);

    @RegisterExtension
    final Launches launches = new Launches();

    private final BlockingQueue<SupervisionState> states = new LinkedBlockingQueue<>();
    private final AtomicInteger starts = new AtomicInteger();
    private volatile PluginLaunch next = PluginLaunch.of("tested", Path.of("/nonexistent"), Path.of("/"), Path.of("/"));
    private PluginSupervisor<PluginConnection> supervisor = supervisor(2, Duration.ofHours(1));

    private PluginSupervisor<PluginConnection> supervisor(int crashes, Duration quarantine) {
        return new PluginSupervisor<>(
                "tested",
                this::launch,
                connection -> connection,
                new RestartPolicy(SHORT, SHORT, crashes, Duration.ofHours(1), quarantine, quarantine),
                Clock.systemUTC(),
                launches.log(),
                states::add);
    }

    private LaunchResult launch() throws InterruptedException {
        starts.incrementAndGet();
        return launches.launch(next);
    }

    @AfterEach
    void stop() {
        supervisor.close();
    }

    private <T extends SupervisionState> T await(Class<T> kind) throws InterruptedException {
        while (true) {
            SupervisionState state = states.poll(60, TimeUnit.SECONDS);
            assertThat(state).describedAs("a state before the time is up").isNotNull();
            if (kind.isInstance(state)) {
                return kind.cast(state);
            }
        }
    }

    private static void crash(PluginConnection plugin) {
        ProcessHandle.of(plugin.process().pid()).orElseThrow().destroyForcibly();
    }

    @Test
    void startsAPluginAgainThatHasGoneDown() throws Exception {
        next = launches.plain(GoPeers.executable("zoo"));
        PluginConnection first = supervisor.start();
        await(SupervisionState.Running.class);

        crash(first);

        assertThat(await(SupervisionState.Restarting.class).why()).contains("137");
        await(SupervisionState.Running.class);
        PluginConnection second = supervisor.session();
        assertThat(second.process().pid()).isNotEqualTo(first.process().pid());
        assertThat(supervisor.stop().orElseThrow().step()).isEqualTo(StopReport.Step.SHUT_DOWN);
        assertThat(second.process().isAlive()).isFalse();
        assertThat(supervisor.state()).isInstanceOf(SupervisionState.Stopped.class);
    }

    @Test
    void theFirstRestartInARowIsMadeAtOnceAndTheNextOneWaits() throws Exception {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        Duration hour = Duration.ofHours(1);
        supervisor = new PluginSupervisor<>(
                "tested",
                this::launch,
                connection -> connection,
                new RestartPolicy(hour, hour, 5, hour, hour, hour),
                InstantSource.fixed(now),
                launches.log(),
                states::add);
        next = launches.plain(GoPeers.executable("zoo"));
        PluginConnection first = supervisor.start();
        await(SupervisionState.Running.class);

        crash(first);

        assertThat(await(SupervisionState.Restarting.class).next()).isEqualTo(now);
        await(SupervisionState.Running.class);
        crash(supervisor.session());
        assertThat(await(SupervisionState.Restarting.class).next()).isEqualTo(now.plus(hour));
        assertThat(starts).hasValue(2);
    }

    @Test
    void quarantinesAPluginThatWillNotStayUpAndSaysSoAtOnce() throws Exception {
        next = launches.plain(GoPeers.executable("zoo"));
        PluginConnection first = supervisor.start();
        next = launches.script("exit 3");

        crash(first);

        assertThat(await(SupervisionState.Quarantined.class).why()).contains("status 3");
        assertThatThrownBy(supervisor::session)
                .isInstanceOf(PluginDownException.class)
                .hasMessageContaining("plugin tested is quarantined")
                .hasMessageContaining("status 3")
                .hasMessageContaining("gets another try at");
        assertThat(starts).hasValue(2);
    }

    @Test
    void givesAQuarantinedPluginAnotherTry() throws Exception {
        supervisor = supervisor(1, SHORT);
        next = launches.plain(GoPeers.executable("zoo"));
        PluginConnection first = supervisor.start();
        await(SupervisionState.Running.class);

        crash(first);

        await(SupervisionState.Quarantined.class);
        await(SupervisionState.Running.class);
        assertThat(supervisor.session().ping(Duration.ofSeconds(10))).isNotNull();
    }

    @Test
    void doesNotTryAgainWhenTheFirstStartFails() throws Exception {
        next = launches.script("exit 3");

        assertThatThrownBy(supervisor::start).hasMessageContaining("status 3");

        assertThat(starts).hasValue(1);
        assertThatThrownBy(supervisor::session).isInstanceOf(PluginDownException.class);
    }

    @Test
    void stoppingEndsAQuarantine() throws Exception {
        supervisor = supervisor(1, Duration.ofHours(1));
        next = launches.plain(GoPeers.executable("zoo"));
        crash(supervisor.start());
        await(SupervisionState.Quarantined.class);

        assertThat(supervisor.stop()).isEmpty();

        assertThat(supervisor.state()).isInstanceOf(SupervisionState.Stopped.class);
    }

    @Test
    void startsAPluginAgainThatHasLostItsOneConnectionAndRunsOn() throws Exception {
        next = launches.plain(JavaPeers.executable(LosingPlugin.class))
                .withEnvironment(Map.of("PATH", "/usr/bin:/bin", "MORTISE_JAVA", JavaPeers.java()))
                .withMultiplexing(true)
                .withStopGrace(Duration.ofMillis(100));
        PluginConnection first = supervisor.start();
        await(SupervisionState.Running.class);

        first.process().stdin().write('x');
        first.process().stdin().flush();

        await(SupervisionState.Restarting.class);
        await(SupervisionState.Running.class);
        assertThat(supervisor.session().process().pid())
                .isNotEqualTo(first.process().pid());
        assertThat(launches.log().lines())
                .anyMatch(line -> line.startsWith(
                        "WARNING plugin tested has lost the one connection that it has with this host, and runs on"));
    }

    @Test
    void stoppingWhileAPluginGoesDownFreesEverythingOfIt() throws Exception {
        next = launches.plain(GoPeers.executable("zoo"));
        PluginConnection plugin = supervisor.start();
        CountDownLatch freed = new CountDownLatch(1);
        plugin.onClosed(freed::countDown);

        // Nobody gets to see whether it is being stopped: between the news of the crash and what follows from it.
        synchronized (supervisor) {
            crash(plugin);
            while (isUp()) {
                Thread.onSpinWait();
            }
            Thread.currentThread().interrupt();
            assertThat(supervisor.stop()).isEmpty();
            assertThat(Thread.interrupted()).isTrue();
        }
        supervisor.stop();

        assertThat(freed.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(starts).hasValue(1);
    }

    private boolean isUp() {
        try {
            return supervisor.session() != null;
        } catch (PluginDownException e) {
            return false;
        }
    }
}

package dev.mortise.plugin.hostprobe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.testkit.PluginTest;
import dev.mortise.testkit.PluginUnderTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@PluginTest(HostProbe.class)
class LinuxMachineTest {

    @Test
    void readsAServer(PluginUnderTest plugin) {
        Machine server = machine("server", plugin);
        assertThat(server.cpu())
                .contains(new Cpu(
                        Optional.empty(),
                        4,
                        Optional.empty(),
                        Optional.of(new LoadAverage(0.52, Optional.of(0.58), Optional.of(0.59)))));
        assertThat(server.memory().orElseThrow().percent()).isEqualTo(25.0);
        assertThat(server.uptimeSeconds()).contains(249517L);
    }

    @Test
    void physicalInterfacesAreThoseWithADevice(PluginUnderTest plugin) {
        assertThat(names(machine("server", plugin).network(true))).containsExactly("eno1");
        assertThat(names(machine("raspberry-pi", plugin).network(true))).containsExactly("eth0", "wlan0");
        assertThat(names(machine("server", plugin).network(false)))
                .containsExactly("lo", "eno1", "docker0", "veth1a2b3c4");
    }

    @Test
    void inAContainerTheInterfacesThatLeadOutCountAsPhysical(PluginUnderTest plugin) {
        assertThat(names(machine("container-v2", plugin).network(true))).containsExactly("eth0");
    }

    @Test
    void inAContainerMemoryIsThatOfItsLimitWhereThatIsFuller(PluginUnderTest plugin) {
        Memory memory = machine("container-v2", plugin).memory().orElseThrow();
        assertThat(memory.totalBytes()).isEqualTo(32768000L * 1024);
        assertThat(memory.percent()).isEqualTo(90.0);
    }

    @Test
    void whatIsDamagedIsAbsent(PluginUnderTest plugin) {
        Machine damaged = machine("damaged", plugin);
        assertThat(damaged.cpu()).isEmpty();
        assertThat(damaged.memory()).isEmpty();
        assertThat(damaged.network(false)).isEmpty();
        assertThat(damaged.uptimeSeconds()).isEmpty();
    }

    @Test
    void aMachineWithoutProcIsReadThroughTheJavaRuntime(PluginUnderTest plugin) {
        Machine machine = Machine.at(Path.of("src/test/resources"), plugin.state());
        assertThat(machine).isInstanceOf(PortableMachine.class);
        assertThat(machine.cpu().orElseThrow().cores())
                .isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(machine.memory().orElseThrow().totalBytes()).isPositive();
        assertThat(machine.temperatures()).isEmpty();
        assertThat(machine.network(false)).isEmpty();
        assertThat(machine.uptimeSeconds()).isEmpty();
    }

    private static Machine machine(String name, PluginUnderTest plugin) {
        return new LinuxMachine(Fixtures.machine(name), new CpuMeter(plugin.state()));
    }

    private static List<String> names(List<NetworkCounters> interfaces) {
        return interfaces.stream().map(NetworkCounters::name).toList();
    }
}

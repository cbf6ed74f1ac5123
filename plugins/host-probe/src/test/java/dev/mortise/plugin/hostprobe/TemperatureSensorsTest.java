package dev.mortise.plugin.hostprobe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TemperatureSensorsTest {

    @Test
    void readsHardwareMonitorsAndThermalZones() {
        assertThat(sensors("server"))
                .containsExactly(
                        new Temperature("coretemp/Package id 0", 47.0),
                        new Temperature("coretemp/Core 0", 45.5),
                        new Temperature("nvme/Composite", 38.9),
                        new Temperature("nvme/Composite #2", 41.9),
                        new Temperature("acpitz", 27.8),
                        new Temperature("x86_pkg_temp", 47.0));
    }

    @Test
    void leavesOutAThermalZoneThatIsAHardwareMonitorToo() {
        assertThat(sensors("raspberry-pi")).containsExactly(new Temperature("cpu_thermal/temp1", 81.8));
    }

    @Test
    void leavesOutSensorsWithoutAValueAndValuesThatCannotBe() {
        assertThat(sensors("damaged")).containsExactly(new Temperature("hwmon0/temp4", 50.0));
    }

    @Test
    void findsNoneInAContainer() {
        assertThat(sensors("container-v2")).isEmpty();
    }

    private static List<Temperature> sensors(String machine) {
        return new TemperatureSensors(Fixtures.machine(machine)).read();
    }
}

package dev.mortise.plugin.hostprobe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mortise.api.Health;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.HostEvent;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.testkit.Json;
import dev.mortise.testkit.ManualClock;
import dev.mortise.testkit.PluginTest;
import dev.mortise.testkit.PluginUnderTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@PluginTest(HostProbe.class)
class HostProbeTest {

    @Test
    void readsEverythingAtOnce(PluginUnderTest plugin) {
        Reading reading = plugin.call("read", Map.of(), Reading.class);
        assertThat(reading.at()).isEqualTo(ManualClock.START);
        assertThat(reading.cpu().orElseThrow().cores()).isPositive();
        assertThat(reading.memory().orElseThrow().percent()).isBetween(0.0, 100.0);
        assertThat(reading.disks()).extracting(Disk::path).containsExactly("/");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void tellsWhatTheKernelTells(PluginUnderTest plugin) throws Exception {
        plugin.configure(Map.of("interfaces", "all"));
        Reading reading = plugin.call("read", Map.of(), Reading.class);

        String stat = Files.readString(Path.of("/proc/stat"));
        assertThat(reading.cpu().orElseThrow().cores()).isEqualTo((int)
                stat.lines().filter(line -> line.matches("cpu\\d.*")).count());
        String meminfo = Files.readString(Path.of("/proc/meminfo"));
        long totalKib = Long.parseLong(meminfo.lines()
                .filter(line -> line.startsWith("MemTotal:"))
                .findFirst()
                .orElseThrow()
                .replaceAll("\\D", ""));
        assertThat(reading.memory().orElseThrow().totalBytes()).isEqualTo(totalKib * 1024);
        assertThat(reading.network())
                .extracting(NetworkCounters::name)
                .containsExactlyInAnyOrderElementsOf(Files.readString(Path.of("/proc/net/dev"))
                        .lines()
                        .skip(2)
                        .map(line -> line.substring(0, line.lastIndexOf(':')).strip())
                        .toList());
        double uptime =
                Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ")[0]);
        assertThat((double) reading.uptimeSeconds().orElseThrow()).isCloseTo(uptime, within(60.0));
        assertThat(reading.disks().getFirst().totalBytes())
                .contains(Files.getFileStore(Path.of("/")).getTotalSpace());
    }

    @Test
    void eachPartCanBeReadByItself(PluginUnderTest plugin) {
        Reading all = plugin.call("read", Map.of(), Reading.class);
        assertThat(plugin.call("cpu", Map.of(), Cpu.class).cores())
                .isEqualTo(all.cpu().orElseThrow().cores());
        assertThat(plugin.call("memory", Map.of(), Memory.class).totalBytes())
                .isEqualTo(all.memory().orElseThrow().totalBytes());
        assertThat(plugin.call("disk", Map.of(), HostProbe.Disks.class)
                        .disks()
                        .getFirst()
                        .totalBytes())
                .isEqualTo(all.disks().getFirst().totalBytes());
        assertThat(plugin.call("temperature", Map.of(), HostProbe.Temperatures.class)
                        .sensors())
                .extracting(Temperature::sensor)
                .isEqualTo(all.temperatures().stream().map(Temperature::sensor).toList());
        assertThat(plugin.call("network", Map.of(), HostProbe.Network.class).interfaces())
                .extracting(NetworkCounters::name)
                .isEqualTo(all.network().stream().map(NetworkCounters::name).toList());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void measuresUtilisationOnceThereIsASampleToMeasureFrom(PluginUnderTest plugin) {
        plugin.runRoutine("sample");
        long end = System.nanoTime() + 10_000_000_000L;
        Cpu cpu;
        do {
            cpu = plugin.call("cpu", Map.of(), Cpu.class);
        } while (cpu.percent().isEmpty() && System.nanoTime() < end);
        assertThat(cpu.percent().orElseThrow()).isBetween(0.0, 100.0);
    }

    @Test
    void aSampleIsEmitted(PluginUnderTest plugin) throws Exception {
        plugin.runRoutine("sample");
        JsonObject reading = plugin.awaitEvent("reading").data();
        assertThat(reading.text("at")).contains("2026-01-01T00:00:00Z");
        assertThat(reading.object("memory").orElseThrow().integer("total_bytes").orElseThrow())
                .isPositive();
    }

    @Test
    void aCrossingIsReportedOnceAlsoAcrossASwap(PluginUnderTest plugin) throws Exception {
        plugin.configure(memoryThreshold(0.1));
        plugin.runRoutine("sample");
        JsonObject above = plugin.awaitEvent("threshold_crossed").data();
        assertThat(above.text("metric")).contains("memory_percent");
        assertThat(above.text("direction")).contains("above");
        assertThat(above.has("subject")).isFalse();

        plugin.reload();
        plugin.runRoutine("sample");
        assertThat(plugin.events("threshold_crossed")).hasSize(1);

        plugin.configure(memoryThreshold(100));
        plugin.runRoutine("sample");
        JsonObject below = plugin.awaitEvent("threshold_crossed").data();
        assertThat(below.text("direction")).contains("below");
        assertThat(below.get("threshold")).contains(JsonValue.of(100));
    }

    private static Map<String, Object> memoryThreshold(double percent) {
        return Map.of(
                "memory_percent", percent,
                "cpu_percent", 0,
                "disk_percent", 0,
                "temperature_celsius", 0,
                "hysteresis", 0);
    }

    @Test
    @PluginTest(value = HostProbe.class, config = "{\"paths\": [\"/no/such/path\"], \"disk_percent\": 1}")
    void aPathThatIsNotThereIsShownAndHarmsNothing(PluginUnderTest plugin) {
        Disk disk = plugin.call("disk", Map.of(), HostProbe.Disks.class).disks().getFirst();
        assertThat(disk.problem()).contains("no such path");
        plugin.runRoutine("sample");
        assertThat(plugin.events("threshold_crossed")).noneMatch(HostProbeTest::isAboutDisk);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"cpu_percent\": 101}",
                "{\"temperature_celsius\": -1}",
                "{\"interfaces\": \"none\"}",
                "{\"interval\": \"soon\"}",
                "{\"interval\": 10}",
                "{\"paths\": \"/\"}",
                "{\"cpu\": 50}"
            })
    void refusesAConfigurationThatCannotBeMeant(String config, PluginUnderTest plugin) {
        JsonObject before = plugin.config();
        Problem problem = plugin.refuseConfig(Json.json(config));
        assertThat(problem.code()).isIn(ProblemCode.INVALID_CONFIG, ProblemCode.LOAD_FAILED);
        assertThat(problem.message()).containsAnyOf("cpu", "temperature_celsius", "interfaces", "interval", "paths");
        assertThat(plugin.config()).isEqualTo(before);
    }

    @Test
    void refusesMorePathsThanItCouldWatch(PluginUnderTest plugin) {
        List<String> paths = Collections.nCopies(65, "/");
        assertThat(plugin.refuseConfig(Map.of("paths", paths)).message()).contains("at most 64 paths");
    }

    @Test
    void isHealthyOnThisMachine(PluginUnderTest plugin) {
        assertThat(plugin.health()).isEqualTo(Health.healthy());
    }

    @Test
    void everyFunctionSaysWhatItDoes(PluginUnderTest plugin) {
        assertThat(plugin.view().contributions().functions())
                .contains("read", "cpu", "memory", "disk", "temperature", "network");
        assertThat(plugin.host().functions().list())
                .filteredOn(function -> function.plugin().value().equals("host-probe"))
                .allSatisfy(function -> assertThat(function.description()).isNotBlank());
    }

    private static boolean isAboutDisk(HostEvent event) {
        return event.data().text("metric").orElse("").equals("disk_percent");
    }
}

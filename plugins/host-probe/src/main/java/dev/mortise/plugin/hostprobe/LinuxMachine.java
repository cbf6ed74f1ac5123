package dev.mortise.plugin.hostprobe;

import java.util.List;
import java.util.Optional;

/** Linux, as {@code /proc} and {@code /sys} show it. */
final class LinuxMachine implements Machine {

    private final KernelFiles files;
    private final CpuMeter meter;
    private final ControlGroups groups;
    private final TemperatureSensors sensors;

    LinuxMachine(KernelFiles files, CpuMeter meter) {
        this.files = files;
        this.meter = meter;
        this.groups = new ControlGroups(files);
        this.sensors = new TemperatureSensors(files);
    }

    @Override
    public Optional<Cpu> cpu() {
        return times().map(times -> new Cpu(
                meter.percent(times),
                times.cores(),
                groups.cpuQuota(),
                files.read("proc/loadavg").flatMap(LoadAverage::parse)));
    }

    @Override
    public Optional<Memory> memory() {
        return files.read("proc/meminfo").flatMap(text -> Memory.of(MemoryInfo.parse(text), groups.memory()));
    }

    @Override
    public List<Temperature> temperatures() {
        return sensors.read();
    }

    @Override
    public List<NetworkCounters> network(boolean physicalOnly) {
        List<NetworkCounters> all =
                files.read("proc/net/dev").map(NetworkCounters::parse).orElse(List.of());
        if (!physicalOnly) {
            return all;
        }
        List<NetworkCounters> physical = all.stream().filter(this::hasDevice).toList();
        // In a container every interface is virtual, and those that lead out are what is wanted.
        return physical.isEmpty()
                ? all.stream().filter(one -> !one.name().equals("lo")).toList()
                : physical;
    }

    @Override
    public Optional<Long> uptimeSeconds() {
        return files.readLine("proc/uptime")
                .flatMap(text -> Numerals.decimal(text.split("\\s+")[0]))
                .map(Double::longValue);
    }

    @Override
    public void sampled() {
        times().ifPresent(meter::sampled);
    }

    private Optional<CpuTimes> times() {
        return files.read("proc/stat").flatMap(CpuTimes::parse);
    }

    private boolean hasDevice(NetworkCounters counters) {
        return !counters.name().contains("/") && files.exists("sys/class/net/" + counters.name() + "/device");
    }
}

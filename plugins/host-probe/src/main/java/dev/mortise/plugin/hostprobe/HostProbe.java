package dev.mortise.plugin.hostprobe;

import dev.mortise.api.Emits;
import dev.mortise.api.Every;
import dev.mortise.api.FunctionException;
import dev.mortise.api.Health;
import dev.mortise.api.Param;
import dev.mortise.api.Plugin;
import dev.mortise.api.PluginContext;
import dev.mortise.api.Rpc;
import java.nio.file.Path;
import java.util.List;

/** Reads the machine on request and at an interval, and reports thresholds that are crossed. */
@Emits({Reading.class, ThresholdCrossed.class})
@SuppressWarnings("NullAway.Init") // onLoad comes before everything else
public final class HostProbe implements Plugin {

    private PluginContext context;
    private ProbeConfig config;
    private Machine machine;
    private Crossings crossings;

    @Override
    public void onLoad(PluginContext given) {
        context = given;
        config = given.config().as(ProbeConfig.class);
        machine = Machine.at(Path.of("/"), given.state());
        crossings = new Crossings(config, given.state());
    }

    /** Without CPU and memory there is nothing that every machine tells, so something is in the way. */
    @Override
    public Health health() {
        return machine.cpu().isPresent() || machine.memory().isPresent()
                ? Health.healthy()
                : Health.unhealthy("neither CPU nor memory can be read; is /proc readable for this process?");
    }

    @Rpc(
            description = "Reads everything: CPU, memory, disks, temperatures, network counters, uptime",
            idempotent = true)
    public Reading read() {
        return new Reading(
                context.clock().instant(),
                machine.cpu(),
                machine.memory(),
                disks(),
                machine.temperatures(),
                machine.network(config.physicalOnly()),
                machine.uptimeSeconds());
    }

    @Rpc(
            description = "Reads the processor: utilisation since the last sample, cores, quota, load averages",
            idempotent = true)
    public Cpu cpu() throws FunctionException {
        return machine.cpu().orElseThrow(() -> notAvailable("CPU"));
    }

    @Rpc(
            description = "Reads memory and swap in bytes, and the container's limit where there is one",
            idempotent = true)
    public Memory memory() throws FunctionException {
        return machine.memory().orElseThrow(() -> notAvailable("memory"));
    }

    @Rpc(description = "Reads how full the file systems of the configured paths are", idempotent = true)
    public Disks disk() {
        return new Disks(disks());
    }

    @Rpc(description = "Reads all temperature sensors; none is an empty list", idempotent = true)
    public Temperatures temperature() {
        return new Temperatures(machine.temperatures());
    }

    @Rpc(description = "Reads bytes, packets, errors and drops of the configured network interfaces", idempotent = true)
    public Network network() {
        return new Network(machine.network(config.physicalOnly()));
    }

    /** Takes a sample, emits it, and reports what has crossed its threshold. */
    @Every("${interval}")
    public void sample() {
        Reading reading = read();
        machine.sampled();
        context.emit(reading);
        for (ThresholdCrossed crossing : crossings.in(reading)) {
            context.emit(crossing);
        }
    }

    private List<Disk> disks() {
        return config.paths().stream().map(Disk::read).toList();
    }

    private static FunctionException notAvailable(String what) {
        return new FunctionException("not_available", what + " cannot be read on this machine");
    }

    public record Disks(
            @Param(description = "One for each configured path")
            List<Disk> disks) {}

    public record Temperatures(List<Temperature> sensors) {}

    public record Network(List<NetworkCounters> interfaces) {}
}

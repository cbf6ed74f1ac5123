package dev.mortise.runtime.process.goplugin;

import dev.mortise.runtime.process.output.OutputSink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How to launch a plugin.
 *
 * @param plugin its name, for messages and threads
 * @param command the executable's absolute path and its arguments
 * @param environment what the plugin sees besides the variables of the protocol; those are taken out of it
 * @param folder where it runs
 * @param socketFolder exists, belongs to this launch alone, and holds its sockets and temporary files; its path is short
 * @param autoMtls whether both ends prove who they are
 * @param multiplexing whether all connections share one socket; a plugin that cannot is refused
 * @param checksum what the package must consist of, checked right before the start
 * @param output takes what the plugin writes, besides the host's log
 * @param startTimeout from the start of the process to a plugin that answers
 * @param stopGrace for each of the steps by which a plugin is stopped
 */
public record PluginLaunch(
        String plugin,
        List<String> command,
        Map<String, String> environment,
        Path folder,
        Path socketFolder,
        Handshake handshake,
        boolean autoMtls,
        boolean multiplexing,
        Optional<PackageChecksum> checksum,
        OutputSink output,
        Duration startTimeout,
        Duration stopGrace) {

    public static final Duration START_TIMEOUT = Duration.ofMinutes(1);
    public static final Duration STOP_GRACE = Duration.ofSeconds(2);

    public PluginLaunch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** A launch with Mortise's own handshake, AutoMTLS and the usual times. */
    public static PluginLaunch of(String plugin, Path executable, Path folder, Path socketFolder) {
        return new PluginLaunch(
                plugin,
                List.of(executable.toString()),
                Map.of(),
                folder,
                socketFolder,
                Handshake.MORTISE,
                true,
                false,
                Optional.empty(),
                OutputSink.NONE,
                START_TIMEOUT,
                STOP_GRACE);
    }

    public Path executable() {
        return Path.of(command.getFirst());
    }

    public PluginLaunch withCommand(List<String> next) {
        return new PluginLaunch(
                plugin,
                next,
                environment,
                folder,
                socketFolder,
                handshake,
                autoMtls,
                multiplexing,
                checksum,
                output,
                startTimeout,
                stopGrace);
    }

    public PluginLaunch withEnvironment(Map<String, String> next) {
        return new PluginLaunch(
                plugin,
                command,
                next,
                folder,
                socketFolder,
                handshake,
                autoMtls,
                multiplexing,
                checksum,
                output,
                startTimeout,
                stopGrace);
    }

    public PluginLaunch withHandshake(Handshake next) {
        return new PluginLaunch(
                plugin,
                command,
                environment,
                folder,
                socketFolder,
                next,
                autoMtls,
                multiplexing,
                checksum,
                output,
                startTimeout,
                stopGrace);
    }

    public PluginLaunch withAutoMtls(boolean next) {
        return new PluginLaunch(
                plugin,
                command,
                environment,
                folder,
                socketFolder,
                handshake,
                next,
                multiplexing,
                checksum,
                output,
                startTimeout,
                stopGrace);
    }

    public PluginLaunch withMultiplexing(boolean next) {
        return new PluginLaunch(
                plugin,
                command,
                environment,
                folder,
                socketFolder,
                handshake,
                autoMtls,
                next,
                checksum,
                output,
                startTimeout,
                stopGrace);
    }

    public PluginLaunch withChecksum(PackageChecksum next) {
        return new PluginLaunch(
                plugin,
                command,
                environment,
                folder,
                socketFolder,
                handshake,
                autoMtls,
                multiplexing,
                Optional.of(next),
                output,
                startTimeout,
                stopGrace);
    }

    public PluginLaunch withOutput(OutputSink next) {
        return new PluginLaunch(
                plugin,
                command,
                environment,
                folder,
                socketFolder,
                handshake,
                autoMtls,
                multiplexing,
                checksum,
                next,
                startTimeout,
                stopGrace);
    }

    public PluginLaunch withStartTimeout(Duration next) {
        return new PluginLaunch(
                plugin,
                command,
                environment,
                folder,
                socketFolder,
                handshake,
                autoMtls,
                multiplexing,
                checksum,
                output,
                next,
                stopGrace);
    }

    public PluginLaunch withStopGrace(Duration next) {
        return new PluginLaunch(
                plugin,
                command,
                environment,
                folder,
                socketFolder,
                handshake,
                autoMtls,
                multiplexing,
                checksum,
                output,
                startTimeout,
                next);
    }
}

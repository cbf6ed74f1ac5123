package dev.mortise.runtime.process.goplugin;

import dev.mortise.runtime.process.launch.PluginProcess;
import dev.mortise.runtime.process.output.OutputChannel;
import dev.mortise.runtime.process.output.OutputLog;
import dev.mortise.runtime.process.output.OutputPump;
import dev.mortise.runtime.process.output.OutputSink;
import io.grpc.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Everything that a plugin writes, from its pipes and over its connection. It goes to the host's log, and byte for byte
 * to the sink of the launch. Each source has a log of its own, so that the lines of one do not cut those of another.
 */
final class PluginOutput {

    private final String plugin;
    private final OutputLog pipeLog;
    private final OutputLog stdioLog;
    private final OutputSink pipes;
    private final StdioStream stdio;
    private final HandshakeWatch handshake;
    private final List<Thread> pumps = new ArrayList<>();
    private boolean following;

    PluginOutput(PluginLaunch launch, System.Logger log) {
        this.plugin = launch.plugin();
        this.pipeLog = new OutputLog(log);
        this.stdioLog = new OutputLog(log);
        this.pipes = both(pipeLog, launch.output());
        this.stdio = new StdioStream(both(stdioLog, launch.output()), log, plugin);
        this.handshake = new HandshakeWatch(pipes);
    }

    private static OutputSink both(OutputSink first, OutputSink second) {
        return (channel, bytes, length) -> {
            first.write(channel, bytes, length);
            second.write(channel, bytes, length);
        };
    }

    /** Begins to read the pipes. */
    void read(PluginProcess process) {
        pumps.add(new OutputPump(OutputChannel.STDOUT, process.stdout(), handshake).start(plugin));
        pumps.add(new OutputPump(OutputChannel.STDERR, process.stderr(), pipes).start(plugin));
    }

    HandshakeWatch handshake() {
        return handshake;
    }

    /** Begins to read what comes over the connection. */
    void follow(Channel channel) {
        following = true;
        stdio.open(channel);
    }

    /** Waits for the end of everything that can still come from a plugin that has ended. */
    void awaitEnd(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            for (Thread pump : pumps) {
                pump.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
            if (following) {
                stdio.ended().get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (TimeoutException | ExecutionException e) {
            // Somebody else holds the output; what it writes is no longer the plugin's.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes out lines that were begun and not ended. */
    void close() {
        pipeLog.end();
        stdioLog.end();
    }
}

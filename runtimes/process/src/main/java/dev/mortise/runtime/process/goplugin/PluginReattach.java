package dev.mortise.runtime.process.goplugin;

import dev.mortise.runtime.process.wire.PluginAddress;
import java.time.Instant;

/**
 * By which a running plugin is found again, and no other process taken for it.
 *
 * @param startTime of the process: pids come again, a pid with its start time does not
 * @param mark that the process was started with
 * @param version what plugin and host had agreed to speak
 */
public record PluginReattach(long pid, Instant startTime, String mark, PluginAddress address, int version) {}

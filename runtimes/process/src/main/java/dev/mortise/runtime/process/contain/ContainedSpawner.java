package dev.mortise.runtime.process.contain;

import dev.mortise.host.spi.Isolation;
import dev.mortise.runtime.process.launch.ProcessSpawner;

/** Starts the processes of one plugin. @param isolation what each of them is in */
public record ContainedSpawner(ProcessSpawner spawner, Isolation isolation) {}

/**
 * Reads the machine that the host runs on. What reads files ({@code KernelFiles}), what understands them (the parsers of
 * {@code CpuTimes}, {@code MemoryInfo} and the like) and what draws conclusions ({@code Crossings}) are apart.
 */
@NullMarked
package dev.mortise.plugin.hostprobe;

import org.jspecify.annotations.NullMarked;

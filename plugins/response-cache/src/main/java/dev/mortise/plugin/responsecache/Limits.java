package dev.mortise.plugin.responsecache;

import java.time.Duration;

/** How much is kept and for how long. Sizes are in characters of JSON text. */
record Limits(Duration timeToLive, int entries, long entrySize, long totalSize) {}

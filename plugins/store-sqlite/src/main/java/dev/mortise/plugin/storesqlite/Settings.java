package dev.mortise.plugin.storesqlite;

import dev.mortise.api.Param;

/** The configuration, as the manifest describes it. */
record Settings(
        @Param("busy_timeout_ms") int busyTimeoutMillis,
        @Param("max_size_mb") int maxSizeMebibytes) {}

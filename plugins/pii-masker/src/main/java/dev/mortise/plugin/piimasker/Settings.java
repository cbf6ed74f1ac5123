package dev.mortise.plugin.piimasker;

import dev.mortise.api.Param;
import java.time.Duration;
import java.util.List;

/** The configuration, as the manifest describes it. */
record Settings(
        List<String> types,
        @Param("unmask_response") boolean unmaskResponse,
        @Param("max_pending") int maxPending,
        @Param("pending_seconds") long pendingSeconds) {

    List<PiiType> piiTypes() {
        return types.stream().map(PiiType::named).toList();
    }

    Duration pendingTime() {
        return Duration.ofSeconds(pendingSeconds);
    }
}

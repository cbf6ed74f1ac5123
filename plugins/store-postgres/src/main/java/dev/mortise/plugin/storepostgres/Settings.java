package dev.mortise.plugin.storepostgres;

import dev.mortise.api.Param;

/** The configuration, as the manifest describes it. */
record Settings(
        String url,
        String user,
        String password,
        int connections,
        @Param("timeout_ms") int timeoutMillis) {

    /** Shows no secret. */
    @Override
    public String toString() {
        return "settings of store-postgres";
    }
}

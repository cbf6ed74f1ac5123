package dev.mortise.runtime.process.goplugin;

/**
 * Why a plugin could not be launched.
 *
 * @param message names the plugin, says why, and what to do
 */
public record LaunchFailure(Reason reason, String message) {

    public enum Reason {
        CHECKSUM_MISMATCH,
        CANNOT_START,
        EXITED_EARLY,
        START_TIMEOUT,
        UNRECOGNIZED_HANDSHAKE,
        CORE_VERSION,
        APP_VERSION,
        ADDRESS,
        PROTOCOL,
        CERTIFICATE_MISSING,
        CERTIFICATE_UNEXPECTED,
        CERTIFICATE_MALFORMED,
        MULTIPLEXING_UNSUPPORTED,
        /** A plugin that multiplexes has one connection, and cannot be taken over. */
        MULTIPLEXING_REATTACH,
        /** It shook hands and cannot be reached. */
        UNREACHABLE,
        UNHEALTHY,
        PROCESS_NOT_FOUND
    }
}

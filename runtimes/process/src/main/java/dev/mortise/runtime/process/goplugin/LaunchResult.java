package dev.mortise.runtime.process.goplugin;

/** What came of launching a plugin. */
public sealed interface LaunchResult {

    record Connected(PluginConnection connection) implements LaunchResult {}

    /** Nothing is left of the plugin: no process and no socket. */
    record Failed(LaunchFailure failure) implements LaunchResult {}

    static LaunchResult failed(LaunchFailure.Reason reason, String message) {
        return new Failed(new LaunchFailure(reason, message));
    }

    /** @throws LaunchException if the launch failed */
    default PluginConnection orThrow() throws LaunchException {
        return switch (this) {
            case Connected(PluginConnection connection) -> connection;
            case Failed(LaunchFailure failure) -> throw new LaunchException(failure);
        };
    }
}

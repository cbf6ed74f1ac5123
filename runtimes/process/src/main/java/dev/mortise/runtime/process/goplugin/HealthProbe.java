package dev.mortise.runtime.process.goplugin;

/** What came of asking a plugin whether it is well. */
public sealed interface HealthProbe {

    record Well() implements HealthProbe {}

    /** It answers, and says that it is not. */
    record Unwell(String why) implements HealthProbe {}

    /** It does not answer. */
    record Unreachable(String why) implements HealthProbe {}
}

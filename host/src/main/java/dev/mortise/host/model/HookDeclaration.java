package dev.mortise.host.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A hook as the manifest declares it.
 *
 * @param on the ring
 * @param className the class that implements it; by default the plugin's main class
 * @param priority lower runs first
 * @param before ids of plugins whose hooks in this ring must run later
 * @param after ids of plugins whose hooks in this ring must run earlier
 * @param failPolicy what a failure means; by default the ring decides
 */
public record HookDeclaration(
        String on,
        Optional<String> className,
        int priority,
        Duration timeout,
        Optional<FailPolicy> failPolicy,
        List<String> before,
        List<String> after) {

    public static final int DEFAULT_PRIORITY = 100;
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(50);

    public HookDeclaration {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }
}

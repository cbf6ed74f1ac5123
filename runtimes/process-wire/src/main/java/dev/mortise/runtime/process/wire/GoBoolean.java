package dev.mortise.runtime.process.wire;

import java.util.Optional;
import java.util.Set;

/** Truth as programs in Go write and read it, in the protocol's variables and in its handshake line. */
public final class GoBoolean {

    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

    private GoBoolean() {}

    /** Empty for what is neither true nor false. */
    public static Optional<Boolean> parse(String text) {
        return TRUE.contains(text) ? Optional.of(true) : FALSE.contains(text) ? Optional.of(false) : Optional.empty();
    }
}

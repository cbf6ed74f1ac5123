package dev.mortise.host.model;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How well a plugin is kept from everybody else. Each level has what the ones before it have. A plugin that runs in the
 * host's own memory has none.
 */
public enum IsolationLevel {
    /** Memory of its own: faults stay in it, malice does not. */
    PLAIN,
    /** What its manifest grants is what it can do with files, network and system calls. */
    CONFINED,
    /** It also cannot see, signal or outlive anybody. */
    ISOLATED,
    /** It also cannot starve anybody of memory and processors. */
    METERED;

    /** As a manifest writes it, such as {@code isolated}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<IsolationLevel> of(String code) {
        return Stream.of(values()).filter(level -> level.code().equals(code)).findFirst();
    }

    public boolean reaches(IsolationLevel wanted) {
        return compareTo(wanted) >= 0;
    }
}

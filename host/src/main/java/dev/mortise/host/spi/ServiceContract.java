package dev.mortise.host.spi;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A typed interface between the host's code and plugins. Plugins that implement it see its package, and nothing else of
 * the host: so the types that it uses stand beside it, in the JDK or in the API. Two are equal if key and type are.
 *
 * @param key what a manifest's {@code services} names, such as {@code store}
 * @param type an interface
 * @param reference makes what callers get, for a contract that has to remember something across swaps of its implementation,
 *     of a bare reference to whichever implementation is live at the time of a call. It is made once for each provider, for
 *     all callers, and runs on their threads. Absent where they get the bare one
 */
public record ServiceContract<T>(String key, Class<T> type, Optional<UnaryOperator<T>> reference) {

    private static final String KEY = "[a-z][a-z0-9_]{0,63}";

    public ServiceContract {
        if (!key.matches(KEY)) {
            throw new IllegalArgumentException(
                    "a contract's key is 1 to 64 of a-z, 0-9 and _, and begins with a letter; not '" + key + "'");
        }
        if (!type.isInterface()) {
            throw new IllegalArgumentException("a contract is an interface, and " + type.getName() + " is none");
        }
    }

    /** Of which callers get the bare reference. */
    public ServiceContract(String key, Class<T> type) {
        this(key, type, Optional.empty());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ServiceContract<?> same && key.equals(same.key) && type.equals(same.type);
    }

    @Override
    public int hashCode() {
        return 31 * key.hashCode() + type.hashCode();
    }
}

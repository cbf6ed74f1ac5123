package dev.mortise.server.route;

import dev.mortise.host.Result;
import java.util.IdentityHashMap;
import java.util.Optional;

/** Values that have been read and found valid, by what they were declared as. */
public final class Arguments {

    public static final Arguments NONE = new Arguments(new IdentityHashMap<>());

    private final IdentityHashMap<Key<?>, Object> values;

    private Arguments(IdentityHashMap<Key<?>, Object> values) {
        this.values = values;
    }

    /** The value of something optional. */
    @SuppressWarnings("unchecked") // put() has taken it for a value of this key.
    public <T> Optional<T> find(Key<T> key) {
        return Optional.ofNullable((T) values.get(key));
    }

    /** The value of something required. */
    public <T> T get(Key<T> key) {
        return find(key).orElseThrow(() -> new IllegalStateException(key.name() + " is not among the arguments"));
    }

    /** Collects values; made for one request. */
    public static final class Collector {

        private final IdentityHashMap<Key<?>, Object> values = new IdentityHashMap<>();

        /** Takes the value, or passes on why there is none. */
        public <T> Result<T> put(Key<T> key, Result<T> value) {
            return value.map(present -> {
                values.put(key, present);
                return present;
            });
        }

        public Arguments toArguments() {
            return new Arguments(new IdentityHashMap<>(values));
        }
    }
}

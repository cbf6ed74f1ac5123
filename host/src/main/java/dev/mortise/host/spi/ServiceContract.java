package dev.mortise.host.spi;

/**
 * A typed interface between the host's code and plugins. Plugins that implement it see its package, and nothing else of
 * the host: so the types that it uses stand beside it, in the JDK or in the API.
 *
 * @param key what a manifest's {@code services} names, such as {@code store}
 * @param type an interface
 */
public record ServiceContract<T>(String key, Class<T> type) {

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
}

package dev.mortise.host;

/**
 * A running plugin host. Safe for use by several threads.
 *
 * <pre>{@code
 * try (Mortise host = Mortise.builder().start()) {
 *     host.plugins().apply(Change.install(Path.of("hello-world.jar")), Actor.EMBEDDER).orThrow();
 *     CallResult result = host.functions().call(FunctionCall.of("hello_world")).orThrow();
 * }
 * }</pre>
 */
public interface Mortise extends AutoCloseable {

    static MortiseBuilder builder() {
        return new MortiseBuilder();
    }

    Plugins plugins();

    Functions functions();

    Generations generations();

    Events events();

    Traces traces();

    Rings rings();

    Services services();

    Webhooks webhooks();

    Tokens tokens();

    Audit audit();

    HostStatus status();

    /**
     * Stops taking calls, lets those under way finish within the drain deadline, then stops the plugins, dependents
     * first. What storage the builder was given is closed as well. Further calls are refused; closing twice is fine.
     */
    @Override
    void close();
}

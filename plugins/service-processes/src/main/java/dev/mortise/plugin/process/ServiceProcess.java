package dev.mortise.plugin.process;

import dev.mortise.api.Plugin;
import dev.mortise.runtime.process.sdk.MortisePlugin;

/**
 * Runs a plugin of the JVM, unchanged, as the program of a process: it is loaded when the host has sent the first
 * configuration, and what it holds is closed when the process ends.
 */
final class ServiceProcess {

    private final MortisePlugin program = MortisePlugin.create();
    private final Plugin plugin;
    private Runnable afterLoad = () -> {};

    private ServiceProcess(Plugin plugin) {
        this.plugin = plugin;
    }

    /** @param plugin implements the contract */
    static <T> ServiceProcess of(Class<T> contract, Plugin plugin) {
        ServiceProcess process = new ServiceProcess(plugin);
        process.program.service(contract, contract.cast(plugin));
        return process;
    }

    /** For what the plugin offers besides. */
    MortisePlugin program() {
        return program;
    }

    /** What is to be done once the plugin is loaded. */
    void whenLoaded(Runnable action) {
        afterLoad = action;
    }

    /** Serves until the host ends it. A later configuration needs a new process. */
    void serve() {
        program.onConfigure((config, first) -> {
                    if (first) {
                        load(new ProcessContext(program.host(), config));
                    }
                    return first;
                })
                .serve();
    }

    private void load(ProcessContext context) throws Exception {
        try {
            plugin.onLoad(context);
        } catch (Exception e) {
            context.close();
            throw e;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(context::close, "mortise-close"));
        afterLoad.run();
    }
}

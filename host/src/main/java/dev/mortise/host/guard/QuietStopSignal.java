package dev.mortise.host.guard;

import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.StopSignal;
import java.lang.System.Logger.Level;

/** A runtime's stop signal whose bugs are logged and stop neither the watchdog nor the call that is leaving. */
final class QuietStopSignal implements StopSignal {

    private static final System.Logger LOG = System.getLogger(QuietStopSignal.class.getName());

    private final PluginId plugin;
    private final StopSignal signal;

    QuietStopSignal(PluginId plugin, StopSignal signal) {
        this.plugin = plugin;
        this.signal = signal;
    }

    @Override
    public void stop(Thread thread) {
        try {
            signal.stop(thread);
        } catch (RuntimeException | Error bug) {
            LOG.log(Level.ERROR, "the stop signal of plugin '" + plugin + "' failed", bug);
        }
    }

    @Override
    public void clear(Thread thread) {
        try {
            signal.clear(thread);
        } catch (RuntimeException | Error bug) {
            LOG.log(Level.ERROR, "the stop signal of plugin '" + plugin + "' could not be cleared", bug);
        }
    }
}

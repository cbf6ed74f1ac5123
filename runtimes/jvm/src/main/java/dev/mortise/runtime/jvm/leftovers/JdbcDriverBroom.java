package dev.mortise.runtime.jvm.leftovers;

import dev.mortise.host.spi.Leftover;
import dev.mortise.runtime.jvm.loading.PluginClassLoader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/** JDBC drivers that registered themselves when the plugin used them. */
final class JdbcDriverBroom implements Broom {

    @Override
    public LeftoverKind kind() {
        return LeftoverKind.JDBC_DRIVER;
    }

    @Override
    public List<Leftover> sweep(PluginClassLoader plugin, Duration patience) {
        try {
            Callable<?> deregistration = (Callable<?>)
                    plugin.adopt(DriverDeregistration.class).getConstructor().newInstance();
            return ((List<?>) deregistration.call())
                    .stream()
                            .map(driver -> LeftoverKind.JDBC_DRIVER.cleaned(
                                    driver + "; close its data source and deregister it in onUnload"))
                            .toList();
        } catch (Exception e) {
            return List.of(LeftoverKind.JDBC_DRIVER.remaining("cannot be looked for: " + e));
        }
    }
}

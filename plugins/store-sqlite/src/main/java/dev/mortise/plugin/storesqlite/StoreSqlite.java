package dev.mortise.plugin.storesqlite;

import dev.mortise.api.PluginContext;
import dev.mortise.plugin.sqlstore.Database;
import dev.mortise.plugin.sqlstore.StorePlugin;
import java.time.Duration;

/** The store in a file in the plugin's data directory. */
public final class StoreSqlite extends StorePlugin {

    @Override
    protected Database open(PluginContext context) {
        Settings settings = context.config().as(Settings.class);
        return SqliteDatabase.open(
                context.dataDirectory().resolve("store.db"),
                Duration.ofMillis(settings.busyTimeoutMillis()),
                settings.maxSizeMebibytes(),
                context.clock());
    }
}

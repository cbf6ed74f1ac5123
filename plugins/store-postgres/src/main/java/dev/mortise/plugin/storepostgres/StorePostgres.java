package dev.mortise.plugin.storepostgres;

import dev.mortise.api.PluginContext;
import dev.mortise.plugin.sqlstore.Database;
import dev.mortise.plugin.sqlstore.StorePlugin;
import dev.mortise.plugin.storepostgres.PostgresDatabase.Access;
import java.time.Duration;

/** The store in a database that an operator names. */
public final class StorePostgres extends StorePlugin {

    @Override
    protected Database open(PluginContext context) {
        Settings settings = context.config().as(Settings.class);
        return PostgresDatabase.open(
                new Access(settings.url(), settings.user(), settings.password()),
                settings.connections(),
                Duration.ofMillis(settings.timeoutMillis()),
                context.clock());
    }
}

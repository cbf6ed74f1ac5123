package dev.mortise.storage;

import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.spi.StorageException;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** So many of the newest entries are kept; whoever misses another one makes it again. */
final class SqliteDerived implements HostStorage.Derived {

    private static final System.Logger LOG = System.getLogger(SqliteDerived.class.getName());
    private static final int MOST = 1_024;

    private final SqliteDatabase database;

    SqliteDerived(SqliteDatabase database) {
        this.database = database;
    }

    @Override
    public Optional<byte[]> find(String key) {
        return database.read(
                "look for " + key,
                handle -> handle.select("SELECT content FROM derived WHERE key = ?", key)
                        .map((row, context) -> row.getBytes("content"))
                        .findOne());
    }

    @Override
    public void put(String key, byte[] content) {
        try {
            database.write(Durability.PROCESS_DEATH, "keep " + key, handle -> {
                handle.execute("INSERT OR REPLACE INTO derived (key, content) VALUES (?, ?)", key, content);
                return handle.execute("DELETE FROM derived WHERE rowid <= (SELECT max(rowid) FROM derived) - ?", MOST);
            });
        } catch (StorageException e) {
            LOG.log(Level.DEBUG, "it is made again the next time", e);
        }
    }
}

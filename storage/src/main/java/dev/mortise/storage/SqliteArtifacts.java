package dev.mortise.storage;

import dev.mortise.host.model.Digest;
import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.spi.StorageException;
import dev.mortise.host.storage.ArtifactFolder;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Packages in a folder, each with a row that says that it is wanted. The file comes before the row and goes after it, so a
 * process that dies in between leaves a file without a row, which nobody asked to keep.
 */
final class SqliteArtifacts implements HostStorage.Artifacts {

    private static final System.Logger LOG = System.getLogger(SqliteArtifacts.class.getName());

    private final SqliteDatabase database;
    private final ArtifactFolder folder;
    private final Clock clock;

    /** Held while files and rows differ. */
    private final ReentrantLock changing = new ReentrantLock();

    private SqliteArtifacts(SqliteDatabase database, ArtifactFolder folder, Clock clock) {
        this.database = database;
        this.folder = folder;
        this.clock = clock;
    }

    /** Makes files and rows agree, whatever happened before, and reports what has been lost. */
    static SqliteArtifacts open(SqliteDatabase database, ArtifactFolder folder, Clock clock) {
        SqliteArtifacts artifacts = new SqliteArtifacts(database, folder, clock);
        artifacts.reconcile();
        return artifacts;
    }

    @Override
    public void put(Digest digest, Path archive) {
        changing.lock();
        try {
            boolean isNew = folder.find(digest).isEmpty();
            long bytes = folder.put(digest, archive);
            boolean recorded = false;
            try {
                record(digest, bytes);
                recorded = true;
            } finally {
                if (isNew && !recorded) {
                    folder.delete(digest);
                }
            }
        } finally {
            changing.unlock();
        }
    }

    @Override
    public Optional<Path> find(Digest digest) {
        return folder.find(digest);
    }

    @Override
    public void retain(Set<Digest> digests) {
        changing.lock();
        try {
            SortedSet<Digest> others = new TreeSet<>(rows().keySet());
            others.addAll(folder.contents().keySet());
            others.removeAll(digests);
            if (!others.isEmpty()) {
                forget(others);
                others.forEach(this::deleteFile);
            }
        } finally {
            changing.unlock();
        }
    }

    /** Changes nothing, and waits for no disk, where there is a row already. */
    private void record(Digest digest, long bytes) {
        database.write(
                Durability.POWER_LOSS,
                "record package " + digest,
                handle -> handle.execute(
                        "INSERT INTO artifacts (digest, bytes, stored_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                        digest.toString(),
                        bytes,
                        clock.instant().toString()));
    }

    private void reconcile() {
        SortedMap<Digest, Long> files = folder.contents();
        Map<Digest, Long> rows = rows();
        SortedSet<Digest> lost = new TreeSet<>();
        rows.forEach((digest, bytes) -> {
            if (!bytes.equals(files.get(digest))) {
                lost.add(digest);
            }
        });
        if (!lost.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "stored packages are missing or have another size: {0}; install the plugins that need them again",
                    lost);
            forget(lost);
        }
        for (Digest digest : files.keySet()) {
            if (!rows.containsKey(digest) || lost.contains(digest)) {
                LOG.log(Level.DEBUG, "deleting package {0}, which is not in use", digest);
                folder.delete(digest);
            }
        }
    }

    private Map<Digest, Long> rows() {
        return database.read("list the stored packages", handle -> {
            Map<Digest, Long> rows = new TreeMap<>();
            handle.select("SELECT digest, bytes FROM artifacts")
                    .map((row, context) -> Map.entry(Digest.parse(row.getString("digest")), row.getLong("bytes")))
                    .forEach(row -> rows.put(row.getKey(), row.getValue()));
            return rows;
        });
    }

    private void forget(Set<Digest> digests) {
        database.write(Durability.POWER_LOSS, "forget packages", handle -> {
            for (Digest digest : digests) {
                handle.execute("DELETE FROM artifacts WHERE digest = ?", digest.toString());
            }
            return digests;
        });
    }

    /** The row is gone already; a file that cannot be deleted now is deleted at the next opening. */
    private void deleteFile(Digest digest) {
        try {
            folder.delete(digest);
        } catch (StorageException e) {
            LOG.log(Level.WARNING, e.getMessage());
        }
    }
}

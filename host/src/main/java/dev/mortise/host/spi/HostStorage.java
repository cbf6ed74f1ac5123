package dev.mortise.host.spi;

import dev.mortise.api.StateStore;
import dev.mortise.host.model.Digest;
import dev.mortise.host.model.GenerationRecord;
import dev.mortise.host.model.PluginId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the host must not forget. A method that changes something returns when the change is durable: it survives
 * {@code kill -9} and, as far as the disk keeps its word, loss of power. Safe for use by several threads; failures of
 * the disk are {@link StorageException}s and leave everything as it was.
 */
public interface HostStorage extends AutoCloseable {

    Generations generations();

    Artifacts artifacts();

    Failures failures();

    Audit audit();

    Tokens tokens();

    /** Here nothing is kept, so everything is made again. */
    default Derived derived() {
        return Derived.NONE;
    }

    /** The plugin's store; the same for every instance of the plugin. */
    StateStore state(PluginId plugin);

    /**
     * The same entries as {@link #state}, for code that must not wait for a disk: what is written is there for everybody
     * at once, and durable a moment later, in the order in which it was written.
     */
    default StateStore bufferedState(PluginId plugin) {
        return state(plugin);
    }

    /**
     * Returns when all that was written to buffered state so far is durable.
     *
     * @throws StorageException if that cannot be had; what was written stays in memory and is tried again
     */
    default void settleState() {}

    /** Forgets the plugin's state for good. */
    void clearState(PluginId plugin);

    @Override
    void close();

    /** The history of the host, one record a generation. */
    interface Generations {

        /** @throws StorageException also if the number does not come after the latest */
        void append(GenerationRecord record);

        Optional<GenerationRecord> latest();

        Optional<GenerationRecord> find(long number);

        /** The newest first. */
        List<GenerationRecord> recent(int limit);

        /** Forgets all but the newest. */
        void keep(int count);
    }

    /** Packages as they came, by the digest of their bytes. */
    interface Artifacts {

        /** Takes a copy of the archive; nothing happens if it is there already. */
        void put(Digest digest, Path archive);

        /** The stored archive, whose content has been checked against the digest when it was put there. */
        Optional<Path> find(Digest digest);

        /** Deletes all others. */
        void retain(Set<Digest> digests);
    }

    /**
     * What can be made again from the rest, kept because making it takes time. It is trusted as the rest is, so it stands
     * with it, and not in files that anybody could lay there. An entry may be gone at any time.
     */
    interface Derived {

        /** Finds nothing and keeps nothing. */
        Derived NONE = new Derived() {
            @Override
            public Optional<byte[]> find(String key) {
                return Optional.empty();
            }

            @Override
            public void put(String key, byte[] content) {}
        };

        Optional<byte[]> find(String key);

        /** Replaces what was there. Durable at some later time; a failure is not told, since nothing depends on it. */
        void put(String key, byte[] content);
    }

    /** The last failure of each plugin, until it is forgiven. */
    interface Failures {

        void put(FailureRecord failure);

        Optional<FailureRecord> find(PluginId plugin);

        List<FailureRecord> all();

        void clear(PluginId plugin);
    }

    /**
     * @param version of the package that failed, or the empty text where it is not known
     * @param code of the problem
     */
    record FailureRecord(PluginId plugin, String version, Instant at, String code, String message) {}

    /** Every change and every refusal of one, kept. */
    interface Audit {

        /** @return the number that the entry got */
        long append(AuditEntry entry);

        /** The newest first. @param before only entries with smaller numbers */
        List<AuditEntry> recent(int limit, OptionalLong before);
    }

    /**
     * @param number given by the storage; 0 in an entry to be appended
     * @param actor the token's name or the part of the host
     * @param via the adapter
     * @param action such as {@code install}
     * @param subject such as a plugin's id
     * @param outcome {@code done} or a problem's code
     */
    record AuditEntry(
            long number,
            Instant at,
            String actor,
            String via,
            String action,
            String subject,
            String outcome,
            String detail) {}

    /** Tokens, by the hash of their secret. */
    interface Tokens {

        /** @throws StorageException if the name is taken */
        void put(TokenRecord token);

        Optional<TokenRecord> findByHash(String hash);

        List<TokenRecord> all();

        /** @return whether there was one */
        boolean delete(String name);
    }

    /** @param role a {@code Role}'s label; @param hash SHA-256 of the secret, in hexadecimal */
    record TokenRecord(String name, String role, String hash, Instant createdAt) {}
}

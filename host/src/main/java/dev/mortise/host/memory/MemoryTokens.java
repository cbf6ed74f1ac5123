package dev.mortise.host.memory;

import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.spi.HostStorage.TokenRecord;
import dev.mortise.host.spi.StorageException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Guarded by itself. */
final class MemoryTokens implements HostStorage.Tokens {

    private final SortedMap<String, TokenRecord> records = new TreeMap<>();

    @Override
    public synchronized void put(TokenRecord token) {
        if (records.containsKey(token.name())) {
            throw new StorageException("cannot store token '" + token.name()
                    + "': there is one of that name already; delete it first or choose another name");
        }
        if (findByHash(token.hash()).isPresent()) {
            throw new StorageException("cannot store token '" + token.name()
                    + "': there is one with the same secret already; make a new secret");
        }
        records.put(token.name(), token);
    }

    @Override
    public synchronized Optional<TokenRecord> findByHash(String hash) {
        return records.values().stream()
                .filter(token -> token.hash().equals(hash))
                .findFirst();
    }

    @Override
    public synchronized List<TokenRecord> all() {
        return List.copyOf(records.values());
    }

    @Override
    public synchronized boolean delete(String name) {
        return records.remove(name) != null;
    }

    synchronized void clear() {
        records.clear();
    }
}

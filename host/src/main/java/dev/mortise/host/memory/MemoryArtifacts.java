package dev.mortise.host.memory;

import dev.mortise.host.model.Digest;
import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.storage.ArtifactFolder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** The folder is all there is to remember. */
final class MemoryArtifacts implements HostStorage.Artifacts {

    private final ArtifactFolder folder;

    MemoryArtifacts(ArtifactFolder folder) {
        this.folder = folder;
    }

    @Override
    public void put(Digest digest, Path archive) {
        folder.put(digest, archive);
    }

    @Override
    public Optional<Path> find(Digest digest) {
        return folder.find(digest);
    }

    @Override
    public void retain(Set<Digest> digests) {
        for (Digest stored : folder.contents().keySet()) {
            if (!digests.contains(stored)) {
                folder.delete(stored);
            }
        }
    }

    void clear() {
        retain(Set.of());
    }
}

package dev.mortise.host.generation;

import dev.mortise.host.model.Digest;
import dev.mortise.host.packages.TreeDigest;
import dev.mortise.host.spi.HostStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Remembers what packages looked like when they had been unpacked: what runs is what was installed, and not what somebody
 * has laid into the folder since.
 */
final class UnpackedTrees {

    private static final String KEY = "unpacked/";

    private final HostStorage.Derived derived;

    UnpackedTrees(HostStorage.Derived derived) {
        this.derived = derived;
    }

    /** To be called right after it has been unpacked. */
    void remember(Digest digest, Path root) throws IOException {
        derived.put(KEY + digest.hex(), TreeDigest.of(root));
    }

    /** Whether it is known what the package looked like, and it still does. */
    boolean isUntouched(Digest digest, Path root) throws IOException {
        byte[] known = derived.find(KEY + digest.hex()).orElse(null);
        return known != null && Arrays.equals(known, TreeDigest.of(root));
    }

    /** Whether it is known what the package looked like. */
    boolean knows(Digest digest) {
        return derived.find(KEY + digest.hex()).isPresent();
    }
}

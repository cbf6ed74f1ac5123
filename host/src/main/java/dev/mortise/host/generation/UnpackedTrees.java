package dev.mortise.host.generation;

import dev.mortise.host.model.Digest;
import dev.mortise.host.packages.TreeDigest;
import dev.mortise.host.spi.HostStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Remembers what packages looked like when they had been unpacked: what runs is what was installed, and not what somebody
 * has laid into the folder since.
 */
final class UnpackedTrees {

    /** What has become of a folder. */
    enum State {
        UNTOUCHED,
        CHANGED,
        /** It is not known what it looked like. */
        UNKNOWN
    }

    private static final String KEY = "unpacked/";

    private final HostStorage.Derived derived;

    UnpackedTrees(HostStorage.Derived derived) {
        this.derived = derived;
    }

    /** To be called right after it has been unpacked. */
    void remember(Digest digest, Path root) throws IOException {
        derived.put(KEY + digest.hex(), TreeDigest.of(root));
    }

    State compare(Digest digest, Path root) throws IOException {
        Optional<byte[]> known = derived.find(KEY + digest.hex());
        if (known.isEmpty()) {
            return State.UNKNOWN;
        }
        return Arrays.equals(known.get(), TreeDigest.of(root)) ? State.UNTOUCHED : State.CHANGED;
    }
}

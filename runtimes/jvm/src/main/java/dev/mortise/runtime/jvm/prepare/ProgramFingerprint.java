package dev.mortise.runtime.jvm.prepare;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;

/** Tells apart builds of this runtime, and JVMs: what one has prepared is not for another. */
final class ProgramFingerprint {

    private ProgramFingerprint() {}

    /** Empty where the classes do not come from a jar, as while somebody works on them. */
    static Optional<String> current() {
        CodeSource source = ProgramFingerprint.class.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return Optional.empty();
        }
        try {
            Path jar = Path.of(source.getLocation().toURI());
            return Files.isRegularFile(jar)
                    ? Optional.of(Files.size(jar) + " " + Files.getLastModifiedTime(jar) + " "
                            + System.getProperty("java.vm.version"))
                    : Optional.empty();
        } catch (URISyntaxException | IOException e) {
            return Optional.empty();
        }
    }
}

package dev.mortise.cli.harness;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where on the class path something is. */
public final class CodeSource {

    private CodeSource() {}

    /** The jar or folder that a class was loaded from. */
    public static Path of(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

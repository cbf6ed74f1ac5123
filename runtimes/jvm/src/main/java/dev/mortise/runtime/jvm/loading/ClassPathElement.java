package dev.mortise.runtime.jvm.loading;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Set;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** A jar or folder of a package. Holds no file open between two calls. Safe for use by several threads. */
sealed interface ClassPathElement permits JarElement, FolderElement {

    /** The path within the package, such as {@code lib/parser.jar}; empty for the package itself. */
    String label();

    /** Where it was read from. It need not be there any more. */
    Path origin();

    /** The files that it can have classes in: all, or those that end with {@code .class}. */
    Set<String> names();

    /** Whether there is a file of that name, such as {@code com/example/Tool.class}. */
    boolean has(String name);

    /** The content; null if there is none of that name, or no longer. */
    byte @Nullable [] read(String name) throws IOException;

    @Nullable
    Manifest manifest();

    /** Adds all that classes are read from to the digest. */
    void addTo(MessageDigest digest);

    /** Gives the memory back; afterwards there is nothing to be read. */
    void close();
}

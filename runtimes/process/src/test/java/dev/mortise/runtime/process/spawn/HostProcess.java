package dev.mortise.runtime.process.spawn;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Starts {@link HostUnderTest} in another JVM, as the same user or as another. */
final class HostProcess {

    private HostProcess() {}

    /** @param arguments after the folder and the program */
    static Process start(Path folder, Path hostile, String... arguments) throws IOException {
        return start(List.of(), System.getProperty("java.class.path"), true, folder, hostile, arguments);
    }

    static Process startWithoutNativeAccess(Path folder, Path hostile, String... arguments) throws IOException {
        return start(List.of(), System.getProperty("java.class.path"), false, folder, hostile, arguments);
    }

    /** By a command that takes rights away. */
    static Process startBy(List<String> prefix, Path folder, Path hostile, String... arguments) throws IOException {
        return start(prefix, System.getProperty("java.class.path"), true, folder, hostile, arguments);
    }

    /** Lets all users pass through a temporary folder. */
    static Path opened(Path folder) throws IOException {
        Path root = Path.of(System.getProperty("java.io.tmpdir"));
        for (Path one = folder; one != null && one.startsWith(root) && !one.equals(root); one = one.getParent()) {
            Files.setPosixFilePermissions(one, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return folder;
    }

    /** As a user without rights. Classes are copied, since that user may not be able to read them where they are. */
    static Process startUnprivileged(Path folder, Path hostile, int user, String... arguments) throws IOException {
        List<String> classes = new ArrayList<>();
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path copy = folder.resolve("class-path-" + classes.size());
            copy(Path.of(element), copy);
            classes.add(copy.toString());
        }
        opened(folder);
        Path own = Files.createDirectory(folder.resolve("own"));
        Files.setAttribute(own, "unix:uid", user);
        Files.setPosixFilePermissions(hostile, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path program = folder.resolve("hostile");
        Files.copy(hostile, program, StandardCopyOption.COPY_ATTRIBUTES);
        List<String> dropping = List.of(
                "setpriv",
                "--reuid=" + user,
                "--regid=" + user,
                "--clear-groups",
                "--bounding-set=-all",
                "--inh-caps=-all");
        return start(dropping, String.join(File.pathSeparator, classes), true, own, program, arguments);
    }

    private static Process start(
            List<String> prefix, String classPath, boolean nativeAccess, Path folder, Path hostile, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.add(nativeAccess ? "--enable-native-access=ALL-UNNAMED" : "--illegal-native-access=deny");
        command.addAll(List.of("-cp", classPath, HostUnderTest.class.getName(), folder.toString(), hostile.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void copy(Path from, Path to) throws IOException {
        if (Files.isRegularFile(from)) {
            Files.copy(from, to);
            Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rw-r--r--"));
            return;
        }
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Path made = Files.createDirectory(to.resolve(from.relativize(directory)));
                Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                copy(file, to.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

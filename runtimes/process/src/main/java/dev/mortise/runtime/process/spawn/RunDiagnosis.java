package dev.mortise.runtime.process.spawn;

import dev.mortise.runtime.process.sandbox.FileAccess;
import dev.mortise.runtime.process.sandbox.FileRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out afterwards what kept the shell of a sandbox from running a program, by going through the layers as the kernel did. A
 * shell has no more to say about that than a status, which the program may have ended with as well.
 *
 * @param strategy what made the sandbox
 * @param files what was granted
 * @param user the plugin's user id, or 0 if it runs as the host's
 * @param covered folders that an empty one was put over
 */
record RunDiagnosis(String strategy, GrantedFiles files, int user, List<Path> covered) {

    private static final int NOT_RUNNABLE = 126;
    private static final int NOT_FOUND = 127;

    /** A sentence about a status by which a shell says that it could not run a program; none about any other. */
    Optional<String> of(int status) {
        if (status != NOT_RUNNABLE && status != NOT_FOUND) {
            return Optional.empty();
        }
        List<String> obstacles;
        try {
            obstacles = obstacles();
        } catch (IOException e) {
            obstacles = List.of("its program cannot be read any more: " + e.getMessage());
        }
        if (obstacles.isEmpty()) {
            return Optional.of("The sandbox (" + strategy + ") let " + files.program()
                    + " run, so the status is the program's own. A script ends so when something that it runs is not there ("
                    + NOT_FOUND + ") or is not granted (" + NOT_RUNNABLE
                    + "): its log names it, and a program outside the package needs the permission 'run'");
        }
        return Optional.of("The sandbox (" + strategy + ") could not run " + files.program() + ": "
                + String.join("; ", obstacles));
    }

    private List<String> obstacles() throws IOException {
        List<String> obstacles = new ArrayList<>();
        for (Path missing : ProgramImages.missing(files.program())) {
            obstacles.add(missing + ", which runs it, does not exist on this machine");
        }
        for (Path image : ProgramImages.of(files.program())) {
            obstacle(image).ifPresent(obstacles::add);
        }
        return obstacles;
    }

    private Optional<String> obstacle(Path image) throws IOException {
        Path real = image.toRealPath();
        if (files.rules().stream().noneMatch(rule -> grantsToRun(rule, real))) {
            return Optional.of(
                    "layer 'files' grants no right to run " + real + "; add the permission 'run " + real + "'");
        }
        Optional<Path> cover = covered.stream().filter(real::startsWith).findFirst();
        Optional<Path> shown = files.paths().stream()
                .filter(path -> cover.isEmpty() || path.startsWith(cover.get()))
                .filter(real::startsWith)
                .findFirst();
        if (cover.isPresent() && shown.isEmpty()) {
            return Optional.of(
                    "layer 'files' hides " + real + ", because " + cover.get() + " is covered by an empty folder");
        }
        if (MountTable.current().forbidsRunning(real)) {
            return Optional.of(real + " lies in a file system that is mounted noexec; keep the host's data in another");
        }
        return user == 0 ? Optional.empty() : closed(real, cover.isPresent() ? shown : Optional.empty());
    }

    private static boolean grantsToRun(FileRule rule, Path real) {
        return real.startsWith(rule.path()) && rule.access().contains(FileAccess.EXECUTE);
    }

    /** @param from the host has made the folders above this */
    private Optional<String> closed(Path image, Optional<Path> from) throws IOException {
        if (!permits(image, "rx")) {
            return Optional.of(described(image, "read and run"));
        }
        for (Path folder = image.getParent();
                folder != null && (from.isEmpty() || folder.startsWith(from.get()));
                folder = folder.getParent()) {
            if (!permits(folder, "x")) {
                return Optional.of(described(folder, "pass through"));
            }
        }
        return Optional.empty();
    }

    private boolean permits(Path path, String rights) throws IOException {
        int owner = (Integer) Files.getAttribute(path, "unix:uid");
        int group = (Integer) Files.getAttribute(path, "unix:gid");
        String whose = owner == user ? "OWNER" : group == user ? "GROUP" : "OTHERS";
        Set<PosixFilePermission> permissions =
                Files.readAttributes(path, PosixFileAttributes.class).permissions();
        boolean read = !rights.contains("r") || permissions.contains(PosixFilePermission.valueOf(whose + "_READ"));
        return read && permissions.contains(PosixFilePermission.valueOf(whose + "_EXECUTE"));
    }

    private String described(Path path, String what) throws IOException {
        return "layer 'identity': the plugin's user id " + user + " may not " + what + " " + path + ", whose mode is "
                + PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}

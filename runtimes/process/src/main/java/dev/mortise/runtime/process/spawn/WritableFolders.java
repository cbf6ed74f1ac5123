package dev.mortise.runtime.process.spawn;

import dev.mortise.host.model.PluginId;
import dev.mortise.runtime.process.sandbox.FileAccess;
import dev.mortise.runtime.process.sandbox.FileRule;
import dev.mortise.runtime.process.sandbox.SandboxPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a plugin can write, and so can put a link to anywhere. A grant is looked up anew at each start: what a plugin has put on
 * the way to it must not make it one for something else.
 *
 * @param folders as they really are
 */
record WritableFolders(List<Path> folders) {

    /** As many as the kernel follows. */
    private static final int MOST_LINKS = 40;

    static WritableFolders of(SandboxPolicy policy) throws IOException {
        List<Path> folders = new ArrayList<>();
        for (Path own : policy.owned()) {
            folders.add(own.toRealPath());
        }
        for (FileRule rule : policy.files()) {
            if (rule.access().contains(FileAccess.WRITE) && Files.isDirectory(rule.path())) {
                folders.add(rule.path().toRealPath());
            }
        }
        return new WritableFolders(folders);
    }

    /**
     * Refuses a path that leads out of one of the folders by a link in it. One that does not exist is left to others.
     *
     * @param what it is to the plugin, for the message
     */
    void refuseLink(PluginId plugin, Path path, String what) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        Path real = path.toRealPath();
        for (Path folder : folders) {
            if (!real.startsWith(folder) && passesThrough(path, folder, MOST_LINKS)) {
                throw new SandboxException(
                        plugin,
                        path + ", " + what + ", leads to " + real + " by a link in " + folder
                                + ", where the plugin itself can write; if that is meant, grant " + real + " itself");
            }
        }
    }

    private static boolean passesThrough(Path path, Path folder, int links) throws IOException {
        for (Path step = path; step.getParent() != null; step = step.getParent()) {
            if (step.getParent().toRealPath().startsWith(folder)) {
                return true;
            }
            Optional<Path> target = target(step);
            if (links > 0 && target.isPresent() && passesThrough(target.get(), folder, links - 1)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Path> target(Path link) throws IOException {
        return Files.isSymbolicLink(link)
                ? Optional.of(link.resolveSibling(Files.readSymbolicLink(link)))
                : Optional.empty();
    }
}

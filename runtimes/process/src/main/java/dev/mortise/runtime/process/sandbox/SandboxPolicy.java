package dev.mortise.runtime.process.sandbox;

import dev.mortise.host.model.Limits;
import dev.mortise.host.model.Permissions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What one plugin may do. Everything that is not in it is denied.
 *
 * @param files grants beyond {@link SystemFiles}, which every plugin has
 * @param owned folders that are the plugin's own: read and written, made over to its user id where it has one
 * @param kept folders that stay the host's and as they are, whatever is granted around them
 * @param programs programs outside its package that it may run: names that are looked up on the system's path, or paths
 * @param network what it may do with the network
 * @param bounds how much it may use
 * @param minimum below which it must not be started
 */
public record SandboxPolicy(
        List<FileRule> files,
        List<Path> owned,
        List<Path> kept,
        List<String> programs,
        NetworkRules network,
        ResourceBounds bounds,
        SandboxTier minimum) {

    public SandboxPolicy {
        files = List.copyOf(files);
        owned = List.copyOf(owned);
        kept = List.copyOf(kept);
        programs = List.copyOf(programs);
    }

    /**
     * The policy that a manifest describes. Relative paths among the permissions lie in the plugin's data folder. The minimum is
     * {@link SandboxTier#CONFINED}.
     *
     * @throws IllegalArgumentException naming a permission that has no meaning
     */
    public static SandboxPolicy of(Permissions permissions, Limits limits, PluginFolders folders) {
        List<FileRule> files = new ArrayList<>();
        files.add(FileRule.readAndRun(folders.packageRoot()));
        permissions.read().forEach(path -> files.add(FileRule.read(resolve(folders, "read", path))));
        permissions.write().forEach(path -> files.add(FileRule.readAndWrite(resolve(folders, "write", path))));
        ResourceBounds bounds = limits.memoryBytes().isPresent()
                ? ResourceBounds.DEFAULT.withMemory(limits.memoryBytes().getAsLong())
                : ResourceBounds.DEFAULT;
        return new SandboxPolicy(
                files,
                List.of(folders.data(), folders.sockets()),
                List.of(folders.packageRoot()),
                List.copyOf(permissions.run()),
                NetworkRules.of(permissions),
                bounds,
                SandboxTier.CONFINED);
    }

    public SandboxPolicy demanding(SandboxTier tier) {
        return new SandboxPolicy(files, owned, kept, programs, network, bounds, tier);
    }

    public SandboxPolicy within(ResourceBounds other) {
        return new SandboxPolicy(files, owned, kept, programs, network, other, minimum);
    }

    /** For what a runtime itself needs, such as an interpreter's own folder. */
    public SandboxPolicy allowing(FileRule rule) {
        List<FileRule> more = new ArrayList<>(files);
        more.add(rule);
        return new SandboxPolicy(more, owned, kept, programs, network, bounds, minimum);
    }

    /** For a folder of the host's that the plugin may look into and must never change. */
    public SandboxPolicy keeping(Path folder) {
        List<Path> more = new ArrayList<>(kept);
        more.add(folder);
        return new SandboxPolicy(files, owned, more, programs, network, bounds, minimum)
                .allowing(FileRule.read(folder));
    }

    private static Path resolve(PluginFolders folders, String permission, String text) {
        try {
            return folders.data().resolve(text).normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("permission '" + permission + " " + text + "' is not a path", e);
        }
    }
}

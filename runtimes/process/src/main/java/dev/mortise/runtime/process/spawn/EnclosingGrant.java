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
 * A folder that a plugin may write to, with something beneath it that stays the host's: its own package, or the place where the
 * host's sockets are. The kernel adds grants up along a path, so that a grant for the folder is one for what is in it; what is
 * kept has to be closed by other means.
 *
 * @param grant the folder, as it really is
 * @param kept lies in it, as it really is
 */
record EnclosingGrant(Path grant, Path kept) {

    private static final int OTHERS_MAY_WRITE = 02;
    private static final int STICKY = 01000;

    /**
     * All of a policy.
     *
     * @throws SandboxException if something that is kept is granted itself, or in part
     */
    static List<EnclosingGrant> of(PluginId plugin, SandboxPolicy policy) throws IOException {
        List<EnclosingGrant> found = new ArrayList<>();
        List<Path> owned = real(policy.owned());
        List<Path> kept = real(policy.kept());
        for (FileRule rule : policy.files()) {
            // Whatever does not exist is refused where the rules are made.
            if (!rule.access().contains(FileAccess.WRITE) || !Files.exists(rule.path())) {
                continue;
            }
            Path granted = rule.path().toRealPath();
            if (owned.stream().anyMatch(granted::startsWith)) {
                continue;
            }
            for (Path folder : kept) {
                if (granted.startsWith(folder)) {
                    throw new SandboxException(
                            plugin,
                            "permission 'write " + granted + "' lies in " + folder
                                    + ", which is the host's and is never written by a plugin; write to the data folder,"
                                    + " as 'write .' permits");
                }
                if (folder.startsWith(granted)) {
                    found.add(new EnclosingGrant(granted, folder));
                }
            }
        }
        return found;
    }

    /** The topmost folder on the way that would let a user put another one in place of what is kept. */
    Optional<Path> exchangeableBy(int user) throws IOException {
        Optional<Path> topmost = Optional.empty();
        for (Path folder = kept.getParent(); folder != null && folder.startsWith(grant); folder = folder.getParent()) {
            int mode = (Integer) Files.getAttribute(folder, "unix:mode");
            boolean own = user == (Integer) Files.getAttribute(folder, "unix:uid");
            if (own || (mode & OTHERS_MAY_WRITE) != 0 && (mode & STICKY) == 0) {
                topmost = Optional.of(folder);
            }
        }
        return topmost;
    }

    /** @param why the plugin could change what is kept */
    SandboxException refusal(PluginId plugin, String why) {
        return new SandboxException(
                plugin,
                "permission 'write " + grant + "' includes " + kept
                        + ", which is the host's and which the plugin must not change, and " + why
                        + ". Grant a folder that holds nothing of the host's, such as " + grant.resolve(plugin.value())
                        + ", or keep the host's data elsewhere");
    }

    private static List<Path> real(List<Path> folders) throws IOException {
        List<Path> real = new ArrayList<>();
        for (Path folder : folders) {
            real.add(folder.toRealPath());
        }
        return real;
    }
}

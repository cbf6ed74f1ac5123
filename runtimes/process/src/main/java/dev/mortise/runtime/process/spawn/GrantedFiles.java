package dev.mortise.runtime.process.spawn;

import dev.mortise.host.model.PluginId;
import dev.mortise.runtime.process.sandbox.FileAccess;
import dev.mortise.runtime.process.sandbox.FileRule;
import dev.mortise.runtime.process.sandbox.SandboxPolicy;
import dev.mortise.runtime.process.sandbox.SystemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The files of one start: every rule of the policy with its path as it really is, and the programs that may be run.
 *
 * @param program the command's first word, as a path
 * @param rules for existing, real paths
 */
record GrantedFiles(Path program, List<FileRule> rules) {

    private static final Set<FileAccess> RUN = EnumSet.of(FileAccess.READ, FileAccess.EXECUTE);

    /**
     * Looks everything up.
     *
     * @param tools programs of the system that the start itself takes
     * @throws SandboxException naming a file that does not exist, or cannot be granted
     */
    static GrantedFiles of(SpawnRequest request, List<Path> tools, boolean processesHidden) throws IOException {
        SandboxPolicy policy = request.policy();
        List<FileRule> rules = new ArrayList<>();
        for (Path own : policy.owned()) {
            add(rules, request.plugin(), "its own folder", FileRule.readAndWrite(own));
        }
        List<Path> owned = new ArrayList<>(policy.owned());
        rules.forEach(rule -> owned.add(rule.path()));
        WritableFolders writable = WritableFolders.of(policy);
        for (FileRule rule : policy.files()) {
            if (!isOwn(owned, request.plugin(), rule)) {
                writable.refuseLink(request.plugin(), rule.path(), "granted to it");
                add(rules, request.plugin(), "granted to it", rule);
            }
        }
        Path program = program(request);
        List<Path> programs = new ArrayList<>(tools);
        for (String name : policy.programs()) {
            Path granted = granted(request.plugin(), name);
            writable.refuseLink(request.plugin(), granted, "a program that it runs");
            programs.add(granted);
        }
        for (Path one : programs) {
            for (Path image : ProgramImages.of(one)) {
                addRunning(rules, owned, request.plugin(), image);
            }
        }
        for (Path image : ProgramImages.of(program)) {
            if (!image.equals(program)) {
                refuseUnlessGranted(rules, request.plugin(), program, image);
            }
            addRunning(rules, owned, request.plugin(), image);
        }
        for (FileRule rule : SystemFiles.rules(processesHidden)) {
            add(rules, request.plugin(), "part of the system", rule);
        }
        return new GrantedFiles(program, List.copyOf(rules));
    }

    private static void addRunning(List<FileRule> rules, List<Path> owned, PluginId plugin, Path image)
            throws SandboxException {
        FileRule running = new FileRule(image, RUN);
        if (!isOwn(owned, plugin, running)) {
            add(rules, plugin, "a program that it runs", running);
        }
    }

    /** What runs a plugin's program is for the plugin to name, and what is run can be read: so it may name what it may read. */
    private static void refuseUnlessGranted(List<FileRule> rules, PluginId plugin, Path program, Path image)
            throws IOException {
        if (SystemFiles.isLibrary(image)) {
            return;
        }
        FileRule reading = FileRule.read(image.toRealPath());
        if (!SystemFiles.isLibrary(reading.path()) && rules.stream().noneMatch(given -> given.covers(reading))) {
            throw new SandboxException(
                    plugin,
                    "its program " + program + " is run by " + reading.path()
                            + ", which is neither a program of the system nor granted to it; if that is meant, add the permission"
                            + " 'run " + reading.path() + "'");
        }
    }

    /** The real paths of all the rules. */
    List<Path> paths() {
        return rules.stream().map(FileRule::path).toList();
    }

    private static void add(List<FileRule> rules, PluginId plugin, String what, FileRule rule) throws SandboxException {
        FileRule real;
        try {
            real = new FileRule(rule.path().toRealPath(), rule.access());
        } catch (IOException e) {
            throw new SandboxException(plugin, rule.path() + ", " + what + ", does not exist or cannot be reached", e);
        }
        if (rules.stream().noneMatch(given -> given.covers(real))) {
            rules.add(real);
        }
    }

    /**
     * Whether a rule grants something in a folder that is the plugin's own, where it needs no grant. What lies there may be a
     * link to anywhere by now, so nothing else can be granted there.
     */
    private static boolean isOwn(List<Path> owned, PluginId plugin, FileRule rule) throws SandboxException {
        for (Path folder : owned) {
            if (rule.path().startsWith(folder)) {
                if (rule.access().contains(FileAccess.EXECUTE)) {
                    throw new SandboxException(
                            plugin,
                            rule.path() + " cannot be run, because it lies in " + folder
                                    + ", where the plugin itself can write");
                }
                return true;
            }
        }
        return false;
    }

    /** Its own name is kept, since some programs go by it; the folder is the real one, since links to it may be hidden. */
    static Path program(SpawnRequest request) throws IOException {
        String word = request.command().getFirst();
        Path program = word.contains("/")
                ? request.workingDirectory().resolve(word).normalize()
                : SystemPrograms.find(word)
                        .orElseThrow(() -> new SandboxException(
                                request.plugin(), "the program '" + word + "' is not installed on this machine"));
        if (!Files.isRegularFile(program)) {
            throw new SandboxException(request.plugin(), "its program " + program + " does not exist");
        }
        if (!Files.isExecutable(program)) {
            throw new SandboxException(request.plugin(), "its program " + program + " is not executable");
        }
        Path folder = Objects.requireNonNull(program.getParent(), "a file that lies in no folder");
        return folder.toRealPath().resolve(program.getFileName());
    }

    private static Path granted(PluginId plugin, String name) throws SandboxException {
        Path program =
                name.contains("/") ? Path.of(name) : SystemPrograms.find(name).orElse(Path.of(name));
        if (!program.isAbsolute() || !Files.isRegularFile(program)) {
            throw new SandboxException(
                    plugin, "permission 'run " + name + "' names a program that is not installed on this machine");
        }
        return program;
    }
}

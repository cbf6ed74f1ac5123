package dev.mortise.runtime.process.spawn;

import static dev.mortise.runtime.process.sandbox.LayerState.absent;
import static dev.mortise.runtime.process.sandbox.LayerState.inForce;

import dev.mortise.runtime.process.sandbox.FileAccess;
import dev.mortise.runtime.process.sandbox.FileRule;
import dev.mortise.runtime.process.sandbox.LayerState;
import dev.mortise.runtime.process.sandbox.NetworkRules;
import dev.mortise.runtime.process.sandbox.SandboxLayer;
import dev.mortise.runtime.process.sandbox.SandboxLevel;
import dev.mortise.runtime.process.sandbox.SandboxPolicy;
import dev.mortise.runtime.process.sandbox.kernel.Machine;
import dev.mortise.runtime.process.sandbox.kernel.SeccompFilter;
import dev.mortise.runtime.process.spawn.ControlGroups.Controller;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The sandbox that the program bubblewrap makes: for hosts that are not root, and for JVMs that may not use the foreign-function
 * API. It shows the plugin a file tree in which nothing else exists.
 *
 * <p>All processes are started by one thread, which lives as long as this does: bubblewrap dies with the thread that started it.
 */
final class BubblewrapConfinement implements Confinement {

    static final String NAME = "bubblewrap";

    private static final String USER = "65534";
    private static final List<Path> LINKED_TO_USR =
            List.of(Path.of("/bin"), Path.of("/sbin"), Path.of("/lib"), Path.of("/lib32"), Path.of("/lib64"));
    /**
     * Waits until the host has put it into its control group, of which bubblewrap's children are born members; opens the filter,
     * which the first argument names; becomes what follows.
     */
    private static final String WITH_FILTER = "IFS= read -r go || exit 125; exec 9<\"$1\"; shift; exec \"$@\"";

    private final Path program;
    private final List<String> fresh;
    private final Path shell;
    private final Machine machine;
    private final ControlGroups groups;
    private final Path stateDirectory;
    private final ExecutorService starter = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("mortise-sandbox-bubblewrap").daemon().factory());

    /** @param fresh what a command begins with so that it ignores no signal, although the host may */
    BubblewrapConfinement(
            Path program, List<String> fresh, Path shell, Machine machine, ControlGroups groups, Path stateDirectory) {
        this.program = program;
        this.fresh = List.copyOf(fresh);
        this.shell = shell;
        this.machine = machine;
        this.groups = groups;
        this.stateDirectory = stateDirectory;
    }

    @Override
    public SandboxLevel level(SandboxPolicy policy) {
        Map<SandboxLayer, LayerState> layers = new EnumMap<>(SandboxLayer.class);
        layers.put(SandboxLayer.NO_NEW_PRIVILEGES, inForce("no_new_privs"));
        layers.put(SandboxLayer.FILES, inForce("mount namespace; every program of the system can be run"));
        layers.put(SandboxLayer.SYSTEM_CALLS, inForce("seccomp filter"));
        layers.put(SandboxLayer.IDENTITY, inForce("user namespace without capabilities"));
        layers.put(SandboxLayer.PROCESS_VIEW, inForce("process namespace with its own /proc"));
        layers.put(SandboxLayer.NETWORK, network(policy.network()));
        layers.put(SandboxLayer.DESCENDANTS, inForce("process namespace"));
        layers.put(SandboxLayer.ORPHANS, inForce("parent-death signal to the first process of a namespace"));
        layers.put(SandboxLayer.DESCRIPTORS, inForce("RLIMIT_NOFILE"));
        layers.put(SandboxLayer.MEMORY, groups.state(Controller.MEMORY));
        layers.put(SandboxLayer.PROCESSES, groups.state(Controller.PIDS));
        layers.put(SandboxLayer.PROCESSORS, groups.state(Controller.CPU));
        return new SandboxLevel(NAME, layers);
    }

    private static LayerState network(NetworkRules network) {
        if (network.isNone()) {
            return inForce("network namespace without devices, unix sockets only");
        }
        return absent("bubblewrap gives all of the network or none of it, not the granted ports");
    }

    @Override
    public SandboxedProcess start(SpawnRequest request) throws IOException {
        List<EnclosingGrant> enclosing = EnclosingGrant.of(request.plugin(), request.policy());
        if (!enclosing.isEmpty()) {
            throw enclosing
                    .getFirst()
                    .refusal(
                            request.plugin(),
                            "by bubblewrap the plugin has the user id of the host, and its rights there");
        }
        GrantedFiles files = GrantedFiles.of(request, List.of(shell), false);
        Path filter = filter(request.policy().network());
        StageVariables variables = StageVariables.of(request.environment());
        ControlGroup group = groups.create(request.policy().bounds());
        try {
            ProcessBuilder builder = new ProcessBuilder(command(request, files, filter, variables))
                    .directory(request.workingDirectory().toFile());
            builder.environment().clear();
            builder.environment().putAll(variables.disguised());
            Process process = onStarter(builder);
            JavaProcess started = new JavaProcess(
                    request.plugin(),
                    process,
                    level(request.policy()),
                    group,
                    Optional.of(new RunDiagnosis(NAME, files, 0, List.of())),
                    true);
            try {
                group.add(process.pid());
                OutputStream input = process.getOutputStream();
                input.write("go\n".getBytes(StandardCharsets.US_ASCII));
                input.flush();
                return started;
            } catch (IOException e) {
                // It may be waiting for the host, and what it has said ends with it. Its streams stay open, other than
                // by destroy().
                boolean unused = process.toHandle().destroyForcibly();
                String complaint = complaint(process);
                started.close();
                throw new SandboxException(request.plugin(), "bubblewrap: " + complaint, e);
            }
        } catch (IOException e) {
            group.kill();
            group.remove();
            throw e;
        }
    }

    @Override
    public void close() {
        starter.shutdown();
    }

    /** A file with the filter. There are only as many as there are kinds of network rules, so they stay. */
    private Path filter(NetworkRules network) throws IOException {
        String kind = network.isNone() ? "unix" : network.connects() ? "connect" : "listen";
        Path file = stateDirectory.resolve("sandbox-filter-" + kind + ".bpf");
        Path next = Files.createTempFile(stateDirectory, "sandbox-filter-", ".new");
        Files.write(next, SeccompFilter.of(machine, network).bytes());
        return Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private Process onStarter(ProcessBuilder builder) throws IOException {
        try {
            return starter.submit(builder::start).get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a process was being started", e);
        }
    }

    private static String complaint(Process process) throws IOException {
        return new String(process.getErrorStream().readNBytes(2000), StandardCharsets.UTF_8).strip();
    }

    private List<String> command(SpawnRequest request, GrantedFiles files, Path filter, StageVariables variables)
            throws IOException {
        List<String> words = new ArrayList<>(fresh);
        words.addAll(
                List.of(shell.toString(), "-c", WITH_FILTER, "mortise-sandbox", filter.toString(), program.toString()));
        words.addAll(List.of("--unshare-all", "--unshare-user", "--uid", USER, "--gid", USER));
        if (!request.policy().network().isNone()) {
            words.add("--share-net");
        }
        words.addAll(List.of("--cap-drop", "ALL", "--die-with-parent", "--new-session", "--seccomp", "9"));
        words.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
        for (Path link : LINKED_TO_USR) {
            if (Files.isSymbolicLink(link)) {
                words.addAll(List.of("--symlink", Files.readSymbolicLink(link).toString(), link.toString()));
            }
        }
        files.rules().stream()
                .filter(rule -> !rule.path().startsWith("/proc") && !rule.path().startsWith("/dev"))
                .sorted((one, other) -> one.path().compareTo(other.path()))
                .forEach(rule -> words.addAll(mount(rule)));
        words.addAll(List.of("--chdir", request.workingDirectory().toRealPath().toString(), "--"));
        words.addAll(List.of(shell.toString(), "-c", StageScripts.limitThenBecomeAtOnce(variables), "mortise-sandbox"));
        words.addAll(StageScripts.limits(request.policy().bounds(), false, "-p", !groups.bounds(Controller.MEMORY)));
        words.add(files.program().toString());
        words.addAll(request.command().subList(1, request.command().size()));
        return words;
    }

    private static List<String> mount(FileRule rule) {
        String path = rule.path().toString();
        return List.of(rule.access().contains(FileAccess.WRITE) ? "--bind" : "--ro-bind", path, path);
    }
}

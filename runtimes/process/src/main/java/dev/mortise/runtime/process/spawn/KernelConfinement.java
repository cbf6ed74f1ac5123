package dev.mortise.runtime.process.spawn;

import dev.mortise.host.model.PluginId;
import dev.mortise.runtime.process.sandbox.FileRule;
import dev.mortise.runtime.process.sandbox.NetworkRules;
import dev.mortise.runtime.process.sandbox.SandboxLevel;
import dev.mortise.runtime.process.sandbox.SandboxPolicy;
import dev.mortise.runtime.process.sandbox.kernel.Kernel;
import dev.mortise.runtime.process.sandbox.kernel.SeccompFilter;
import dev.mortise.runtime.process.sandbox.kernel.SpawnCall;
import dev.mortise.runtime.process.sandbox.kernel.SystemCall;
import dev.mortise.runtime.process.sandbox.kernel.ThreadStep;
import dev.mortise.runtime.process.spawn.ControlGroups.Controller;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sandbox that is made of the kernel's own means, with nothing installed but a shell and setpriv: namespaces, Landlock and
 * seccomp on a {@link ThrowawayThread}, user id and parent-death signal by setpriv, limits by the shell, control groups by the
 * host.
 */
final class KernelConfinement implements Confinement {

    static final String NAME = KernelLevels.STRATEGY;

    private final Kernel kernel;
    private final KernelFeatures features;
    private final KernelLevels levels;
    private final ControlGroups groups;
    private final UserIds users;
    private final SpawnCall spawning;

    KernelConfinement(Kernel kernel, KernelFeatures features, ControlGroups groups, UserIds users, SpawnCall spawning) {
        this.kernel = kernel;
        this.features = features;
        this.levels = new KernelLevels(features, groups);
        this.groups = groups;
        this.users = users;
        this.spawning = spawning;
    }

    @Override
    public SandboxLevel level(SandboxPolicy policy) {
        return levels.of(policy);
    }

    @Override
    public SandboxedProcess start(SpawnRequest request) throws IOException {
        List<Path> tools = new ArrayList<>(List.of(features.shell()));
        features.setpriv().ifPresent(tools::add);
        GrantedFiles files = GrantedFiles.of(request, tools, features.hiddenProcesses());
        int user = features.userIds() ? users.of(request.plugin()) : 0;
        List<EnclosingGrant> enclosing = EnclosingGrant.of(request.plugin(), request.policy());
        for (EnclosingGrant grant : enclosing) {
            refuseUnlessKept(request.plugin(), grant, user);
        }
        if (user != 0) {
            makeUsable(request, files, user);
        }
        ControlGroup group = groups.create(request.policy().bounds());
        try {
            return start(request, files, readOnly(request.policy(), enclosing), user, group);
        } catch (IOException | RuntimeException e) {
            group.kill();
            group.remove();
            throw e;
        }
    }

    private void refuseUnlessKept(PluginId plugin, EnclosingGrant grant, int user) throws IOException {
        if (user == 0) {
            throw grant.refusal(plugin, "the plugin has the user id of the host here, which is not root");
        }
        if (!features.hiddenProcesses()) {
            throw grant.refusal(
                    plugin, "the host cannot mount it read-only for the plugin (that takes root, or CAP_SYS_ADMIN)");
        }
        Optional<Path> exchangeable = grant.exchangeableBy(user);
        if (exchangeable.isPresent()) {
            throw grant.refusal(
                    plugin, "the plugin's user id " + user + " may rename what lies in " + exchangeable.get());
        }
    }

    /** What is kept is mounted read-only, unless there is a folder in it that is the plugin's: file modes keep that. */
    private static List<Path> readOnly(SandboxPolicy policy, List<EnclosingGrant> enclosing) throws IOException {
        List<Path> kept = new ArrayList<>(
                enclosing.stream().map(EnclosingGrant::kept).distinct().toList());
        for (Path owned : policy.owned()) {
            kept.removeIf(owned.toRealPath()::startsWith);
        }
        return kept;
    }

    private void makeUsable(SpawnRequest request, GrantedFiles files, int user) throws IOException {
        for (Path folder : request.policy().owned()) {
            OwnedFolders.giveTo(user, folder.toRealPath());
        }
        Optional<Path> closed = OwnedFolders.closedProgram(user, files.program());
        if (closed.isPresent()) {
            throw new SandboxException(
                    request.plugin(),
                    "its program " + closed.get() + " is closed to its user id " + user + "; chmod o+rx opens it");
        }
        if (!features.hiddenProcesses()) {
            for (Path path : files.paths()) {
                Optional<Path> folder = PrivateMounts.closedFolder(path, user);
                if (folder.isPresent()) {
                    throw new SandboxException(
                            request.plugin(),
                            path + " lies in " + folder.get() + ", which is closed to its user id " + user
                                    + "; chmod o+x opens the way");
                }
            }
        }
    }

    private SandboxedProcess start(
            SpawnRequest request, GrantedFiles files, List<Path> readOnly, int user, ControlGroup group)
            throws IOException {
        SandboxPolicy policy = request.policy();
        boolean tended = features.has(Namespace.PROCESS);
        StageVariables variables = StageVariables.of(request.environment());
        try (Arena arena = Arena.ofShared();
                StartGate gate = new StartGate(kernel);
                Pipe input = Pipe.open(kernel);
                Pipe output = Pipe.open(kernel);
                Pipe errors = Pipe.open(kernel);
                Descriptor ruleset = ruleset(files, policy.network());
                PrivateMounts mounts = new PrivateMounts(kernel, arena, files.paths(), readOnly, user)) {
            int[] descriptors = {
                input.reading().number(),
                output.writing().number(),
                errors.writing().number(),
                gate.childReads(),
                gate.childWrites()
            };
            try (SpawnCall.Prepared spawn = spawning.prepare(
                    arena,
                    command(request, files.program(), variables, user, tended),
                    variables.disguisedLines(),
                    request.workingDirectory().toRealPath().toString(),
                    descriptors)) {
                List<ThreadStep> steps = steps(arena, policy, mounts, ruleset);
                steps.add(new SpawnStep(spawn));
                long pid = ThrowawayThread.run(kernel, "mortise-sandbox-start-" + request.plugin(), steps);
                gate.closeChildEnds();
                KernelProcess process = new KernelProcess(
                        kernel,
                        request.plugin(),
                        pid,
                        new KernelProcess.Streams(input.toOutput(), output.toInput(), errors.toInput()),
                        level(policy),
                        group,
                        new RunDiagnosis(NAME, files, user, features.hiddenProcesses() ? mounts.covered() : List.of()),
                        tended);
                output.close();
                errors.close();
                input.close();
                letGo(request, process, gate, group);
                return process;
            }
        }
    }

    private void letGo(SpawnRequest request, KernelProcess process, StartGate gate, ControlGroup group)
            throws IOException {
        try {
            group.add(process.pid());
            gate.open();
            if (!gate.awaitReady()) {
                throw new SandboxException(
                        request.plugin(), "the sandbox could not be entered: " + process.complaint());
            }
            gate.open();
        } catch (IOException e) {
            process.close();
            throw e;
        }
    }

    private List<ThreadStep> steps(Arena arena, SandboxPolicy policy, PrivateMounts mounts, Descriptor ruleset) {
        List<ThreadStep> steps = new ArrayList<>();
        long namespaces = 0;
        for (Namespace namespace : features.namespaces()) {
            if (namespace != Namespace.NETWORK || policy.network().isNone()) {
                namespaces |= namespace.flag();
            }
        }
        if (namespaces != 0) {
            steps.add(KernelFeatures.unshare(kernel, namespaces));
        }
        if (features.hiddenProcesses()) {
            steps.addAll(mounts.steps());
            steps.add(PrivateMounts.hiddenProcesses(kernel, arena));
        }
        steps.add(new CallStep(kernel, "setting no_new_privs", SystemCall.PRCTL, 38, 1, 0, 0, 0));
        features.landlock().ifPresent(landlock -> {
            if (features.hiddenProcesses()) {
                steps.add(landlock.allowing(arena, ruleset.number(), FileRule.read(Path.of("/proc"))));
            }
            steps.add(new CallStep(
                    kernel, "setting the Landlock rules", SystemCall.LANDLOCK_RESTRICT_SELF, ruleset.number(), 0));
        });
        if (features.seccomp()) {
            SeccompFilter filter = SeccompFilter.of(kernel.machine(), policy.network());
            steps.addAll(KernelFeatures.filterSteps(
                    kernel, FilterMemory.program(arena, filter).address()));
        }
        return steps;
    }

    private Descriptor ruleset(GrantedFiles files, NetworkRules network) throws IOException {
        return new Descriptor(
                kernel,
                features.landlock().isPresent() ? features.landlock().get().ruleset(files.rules(), network) : -1);
    }

    private List<String> command(
            SpawnRequest request, Path program, StageVariables variables, int user, boolean tended) {
        String shell = features.shell().toString();
        List<String> words = new ArrayList<>(List.of(shell, "-c", StageScripts.WAIT_THEN_BECOME, "mortise-sandbox"));
        features.setpriv().ifPresent(setpriv -> {
            words.add(setpriv.toString());
            if (user != 0) {
                words.addAll(List.of(
                        "--reuid=" + user,
                        "--regid=" + user,
                        "--clear-groups",
                        "--inh-caps=-all",
                        "--bounding-set=-all"));
            }
            if (features.parentDeath()) {
                words.addAll(List.of("--pdeathsig", "KILL"));
            }
            words.add("--");
        });
        String script = tended ? StageScripts.limitThenTend(variables) : StageScripts.limitThenBecome(variables);
        words.addAll(List.of(shell, "-c", script, "mortise-sandbox"));
        words.addAll(StageScripts.limits(
                request.policy().bounds(),
                user != 0 && !groups.bounds(Controller.PIDS),
                features.processesFlag(),
                !groups.bounds(Controller.MEMORY)));
        words.add(program.toString());
        words.addAll(request.command().subList(1, request.command().size()));
        return words;
    }

    /** Starts the process. */
    private record SpawnStep(SpawnCall.Prepared spawn) implements ThreadStep {

        @Override
        public String title() {
            return "starting the process";
        }

        @Override
        public long run() {
            return spawn.run();
        }
    }
}

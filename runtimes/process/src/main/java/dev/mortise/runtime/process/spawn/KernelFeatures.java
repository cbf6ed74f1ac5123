package dev.mortise.runtime.process.spawn;

import dev.mortise.runtime.process.sandbox.LayerState;
import dev.mortise.runtime.process.sandbox.NetworkRules;
import dev.mortise.runtime.process.sandbox.kernel.Errno;
import dev.mortise.runtime.process.sandbox.kernel.Kernel;
import dev.mortise.runtime.process.sandbox.kernel.KernelException;
import dev.mortise.runtime.process.sandbox.kernel.Landlock;
import dev.mortise.runtime.process.sandbox.kernel.SeccompFilter;
import dev.mortise.runtime.process.sandbox.kernel.SystemCall;
import dev.mortise.runtime.process.sandbox.kernel.ThreadStep;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the kernel lets this host do, found out by doing it on threads that are thrown away.
 *
 * @param landlock absent where the kernel has none
 * @param seccomp whether a filter can be set
 * @param namespaces those that can be made
 * @param hiddenProcesses whether a {@code /proc} without other users' processes can be mounted
 * @param userIds whether a process can be given a user id of the plugin's own
 * @param parentDeath whether a process can be made to die with the host
 * @param shell the system's shell
 * @param setpriv the program of util-linux that drops privileges
 * @param processesFlag the letter of the shell's {@code ulimit} for processes
 * @param reasons why something is absent
 */
record KernelFeatures(
        Optional<Landlock> landlock,
        boolean seccomp,
        Set<Namespace> namespaces,
        boolean hiddenProcesses,
        boolean userIds,
        boolean parentDeath,
        Path shell,
        Optional<Path> setpriv,
        String processesFlag,
        Map<Feature, String> reasons) {

    enum Feature {
        LANDLOCK,
        SECCOMP,
        PROCESS_NAMESPACE,
        HIDDEN_PROCESSES,
        USER_IDS,
        PARENT_DEATH
    }

    private static final String THREAD = "mortise-sandbox-probe";

    /** @throws UnsupportedOperationException if not even a shell is there */
    static KernelFeatures probe(Kernel kernel) {
        Map<Feature, String> reasons = new EnumMap<>(Feature.class);
        Path shell = SystemPrograms.find("sh")
                .orElseThrow(() -> new UnsupportedOperationException("there is no shell (sh) on this machine"));
        Optional<Path> setpriv = SystemPrograms.find("setpriv");
        Set<Namespace> namespaces = namespaces(kernel, reasons);
        return new KernelFeatures(
                landlock(kernel, reasons),
                seccomp(kernel, reasons),
                namespaces,
                namespaces.contains(Namespace.MOUNT) && hiddenProcesses(kernel, reasons),
                userIds(setpriv, reasons),
                parentDeath(setpriv, reasons),
                shell,
                setpriv,
                SystemPrograms.succeeds(List.of(shell.toString(), "-c", "ulimit -u")) ? "-u" : "-p",
                reasons);
    }

    boolean has(Namespace namespace) {
        return namespaces.contains(namespace);
    }

    LayerState absent(Feature feature) {
        return LayerState.absent(reasons.getOrDefault(feature, "not available"));
    }

    /** A step that sets a filter. @param program in native memory, with its header */
    static List<ThreadStep> filterSteps(Kernel kernel, long program) {
        return List.of(
                new CallStep(kernel, "setting no_new_privs", SystemCall.PRCTL, 38, 1, 0, 0, 0),
                new CallStep(kernel, "setting the filter of system calls", SystemCall.PRCTL, 22, 2, program, 0, 0));
    }

    private static Optional<Landlock> landlock(Kernel kernel, Map<Feature, String> reasons) {
        try {
            return Optional.of(Landlock.open(kernel));
        } catch (KernelException e) {
            reasons.put(
                    Feature.LANDLOCK,
                    "this kernel has no Landlock, or it is not among its security modules (lsm=landlock,…): "
                            + e.getMessage());
            return Optional.empty();
        }
    }

    private static boolean seccomp(Kernel kernel, Map<Feature, String> reasons) {
        try (Arena arena = Arena.ofShared()) {
            SeccompFilter filter = SeccompFilter.of(kernel.machine(), NetworkRules.NONE);
            ThrowawayThread.run(
                    kernel,
                    THREAD,
                    filterSteps(kernel, FilterMemory.program(arena, filter).address()));
            return true;
        } catch (IOException e) {
            reasons.put(Feature.SECCOMP, "this kernel sets no seccomp filters: " + e.getMessage());
            return false;
        }
    }

    private static Set<Namespace> namespaces(Kernel kernel, Map<Feature, String> reasons) {
        Set<Namespace> found = EnumSet.noneOf(Namespace.class);
        for (Namespace namespace : Namespace.values()) {
            try {
                ThrowawayThread.run(kernel, THREAD, List.of(unshare(kernel, namespace.flag())));
                found.add(namespace);
            } catch (IOException e) {
                if (namespace == Namespace.PROCESS) {
                    reasons.put(
                            Feature.PROCESS_NAMESPACE,
                            e instanceof KernelException refused && refused.errno() == Errno.EPERM
                                    ? "the host has not the right to make namespaces (root, or CAP_SYS_ADMIN)"
                                    : "no process namespace can be made: " + e.getMessage());
                }
            }
        }
        return found;
    }

    static ThreadStep unshare(Kernel kernel, long flags) {
        return new CallStep(kernel, "making namespaces", SystemCall.UNSHARE, flags);
    }

    private static boolean hiddenProcesses(Kernel kernel, Map<Feature, String> reasons) {
        try (Arena arena = Arena.ofShared();
                PrivateMounts mounts = new PrivateMounts(kernel, arena, List.of(), List.of(), 0)) {
            List<ThreadStep> steps = new ArrayList<>();
            steps.add(unshare(kernel, Namespace.MOUNT.flag()));
            steps.addAll(mounts.steps());
            steps.add(PrivateMounts.hiddenProcesses(kernel, arena));
            ThrowawayThread.run(kernel, THREAD, steps);
            return true;
        } catch (IOException e) {
            reasons.put(Feature.HIDDEN_PROCESSES, "folders cannot be covered for a plugin: " + e.getMessage());
            return false;
        }
    }

    private static boolean userIds(Optional<Path> setpriv, Map<Feature, String> reasons) {
        String id = Integer.toString(UserIds.FIRST);
        if (!UserIds.exist()) {
            reasons.put(Feature.USER_IDS, "the host's user namespace has no user ids to spare for plugins");
            return false;
        }
        boolean works = setpriv.isPresent()
                && SystemPrograms.succeeds(List.of(
                        setpriv.get().toString(),
                        "--reuid=" + id,
                        "--regid=" + id,
                        "--clear-groups",
                        "--inh-caps=-all",
                        "--bounding-set=-all",
                        "--",
                        "/proc/self/exe",
                        "--version"));
        if (!works) {
            reasons.put(
                    Feature.USER_IDS,
                    setpriv.isEmpty()
                            ? "the program setpriv (util-linux) is not installed"
                            : "the host is not root, so its plugins have its own user id");
        }
        return works;
    }

    private static boolean parentDeath(Optional<Path> setpriv, Map<Feature, String> reasons) {
        boolean works = setpriv.isPresent()
                && SystemPrograms.succeeds(
                        List.of(setpriv.get().toString(), "--pdeathsig", "KILL", "--", "/proc/self/exe", "--version"));
        if (!works) {
            reasons.put(Feature.PARENT_DEATH, "the program setpriv (util-linux 2.33 or later) is not installed");
        }
        return works;
    }
}

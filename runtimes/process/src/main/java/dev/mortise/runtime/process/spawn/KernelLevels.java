package dev.mortise.runtime.process.spawn;

import static dev.mortise.runtime.process.sandbox.LayerState.absent;
import static dev.mortise.runtime.process.sandbox.LayerState.inForce;

import dev.mortise.runtime.process.sandbox.LayerState;
import dev.mortise.runtime.process.sandbox.NetworkRules;
import dev.mortise.runtime.process.sandbox.SandboxLayer;
import dev.mortise.runtime.process.sandbox.SandboxLevel;
import dev.mortise.runtime.process.sandbox.SandboxPolicy;
import dev.mortise.runtime.process.sandbox.kernel.Landlock;
import dev.mortise.runtime.process.spawn.ControlGroups.Controller;
import dev.mortise.runtime.process.spawn.KernelFeatures.Feature;
import java.util.EnumMap;
import java.util.Map;

/** Says which layers {@link KernelConfinement} puts into force, given what the kernel and the control groups allow. */
record KernelLevels(KernelFeatures features, ControlGroups groups) {

    static final String STRATEGY = "kernel";

    /** The level that a process with a policy gets. */
    SandboxLevel of(SandboxPolicy policy) {
        Map<SandboxLayer, LayerState> layers = new EnumMap<>(SandboxLayer.class);
        layers.put(SandboxLayer.NO_NEW_PRIVILEGES, inForce("no_new_privs"));
        layers.put(
                SandboxLayer.FILES,
                features.landlock()
                        .map(landlock -> inForce("Landlock ABI " + landlock.abi()))
                        .orElse(features.absent(Feature.LANDLOCK)));
        layers.put(
                SandboxLayer.SYSTEM_CALLS,
                features.seccomp() ? inForce("seccomp filter") : features.absent(Feature.SECCOMP));
        layers.put(
                SandboxLayer.IDENTITY,
                features.userIds() ? inForce("a user id for each plugin") : features.absent(Feature.USER_IDS));
        layers.put(SandboxLayer.PROCESS_VIEW, processView());
        layers.put(SandboxLayer.NETWORK, network(policy.network()));
        layers.put(SandboxLayer.DESCENDANTS, descendants());
        layers.put(SandboxLayer.ORPHANS, orphans());
        layers.put(SandboxLayer.DESCRIPTORS, inForce("RLIMIT_NOFILE"));
        layers.put(SandboxLayer.MEMORY, groups.state(Controller.MEMORY));
        layers.put(SandboxLayer.PROCESSORS, groups.state(Controller.CPU));
        layers.put(
                SandboxLayer.PROCESSES,
                !groups.bounds(Controller.PIDS) && features.userIds()
                        ? inForce("RLIMIT_NPROC of its user id, enough for two instances")
                        : groups.state(Controller.PIDS));
        return new SandboxLevel(STRATEGY, layers);
    }

    private LayerState processView() {
        if (features.has(Namespace.PROCESS) && features.hiddenProcesses()) {
            return inForce("process namespace, /proc of its own user only");
        }
        boolean scoped = features.landlock()
                .map(landlock -> landlock.abi() >= Landlock.ABI_WITH_SCOPES)
                .orElse(false);
        return scoped ? inForce("Landlock scopes, /proc closed") : features.absent(Feature.PROCESS_NAMESPACE);
    }

    private LayerState network(NetworkRules network) {
        if (!features.seccomp()) {
            return features.absent(Feature.SECCOMP);
        }
        if (network.isNone()) {
            return inForce(
                    features.has(Namespace.NETWORK)
                            ? "network namespace without devices, unix sockets only"
                            : "unix sockets only");
        }
        int abi = features.landlock().map(Landlock::abi).orElse(0);
        if (abi < Landlock.ABI_WITH_PORTS) {
            return absent("Landlock ABI " + abi + " cannot tell ports apart, which the granted ones need (ABI 4)");
        }
        return inForce(
                network.connectsAnywhere()
                        ? "TCP to every port as granted, listening by port; UDP not restricted"
                        : "TCP ports as granted" + (network.connects() ? "; UDP not restricted" : ""));
    }

    private LayerState descendants() {
        if (features.has(Namespace.PROCESS)) {
            return inForce("process namespace");
        }
        return groups.kills()
                ? inForce("control group that is killed as a whole")
                : absent("a process that leaves its session gets away, since "
                        + features.absent(Feature.PROCESS_NAMESPACE).text());
    }

    private LayerState orphans() {
        if (!features.parentDeath()) {
            return features.absent(Feature.PARENT_DEATH);
        }
        return features.has(Namespace.PROCESS)
                ? inForce("parent-death signal to the first process of a namespace")
                : absent("the plugin dies with the host, but not what it has started, since "
                        + features.absent(Feature.PROCESS_NAMESPACE).text());
    }
}

package dev.mortise.runtime.process.spawn;

import dev.mortise.host.model.PluginId;
import dev.mortise.runtime.process.launch.HostIdentity;
import dev.mortise.runtime.process.sandbox.NetworkRules;
import dev.mortise.runtime.process.sandbox.ResourceBounds;
import dev.mortise.runtime.process.sandbox.SandboxLayer;
import dev.mortise.runtime.process.sandbox.SandboxLevel;
import dev.mortise.runtime.process.sandbox.SandboxPolicy;
import dev.mortise.runtime.process.sandbox.SandboxTier;
import dev.mortise.runtime.process.sandbox.kernel.Kernel;
import dev.mortise.runtime.process.sandbox.kernel.Machine;
import dev.mortise.runtime.process.sandbox.kernel.SpawnCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Starts plugins' processes in the best sandbox that this machine can make, and refuses those that demand a better one. Any
 * thread may call.
 */
public final class SandboxLauncher implements AutoCloseable {

    private static final PluginId REHEARSAL = new PluginId("sandbox-rehearsal");
    private static final SandboxPolicy NOTHING_GRANTED = new SandboxPolicy(
            List.of(), List.of(), List.of(), List.of(), NetworkRules.NONE, ResourceBounds.DEFAULT, SandboxTier.PLAIN);
    private static final long REHEARSAL_SECONDS = 30;

    private final List<Confinement> confinements;
    private final List<String> unavailable;

    private SandboxLauncher(List<Confinement> confinements, List<String> unavailable) {
        this.confinements = confinements;
        this.unavailable = unavailable;
    }

    /**
     * Finds out what this machine offers, by starting a process in each kind of sandbox. That takes some tenths of a second, so
     * it is done once, and not before there is a process to start.
     *
     * @param stateDirectory for what must be remembered: which plugin has which user id
     */
    public static SandboxLauncher open(Path stateDirectory) throws IOException {
        return open(stateDirectory, Strategies.ALL);
    }

    /** Which strategies may be tried. */
    enum Strategies {
        ALL,
        KERNEL,
        BUBBLEWRAP,
        NONE
    }

    static SandboxLauncher open(Path stateDirectory, Strategies strategies) throws IOException {
        Files.createDirectories(stateDirectory);
        ControlGroups groups = ControlGroups.discover(HostIdentity.current());
        List<Confinement> found = new ArrayList<>();
        List<String> unavailable = new ArrayList<>();
        if (strategies == Strategies.ALL || strategies == Strategies.KERNEL) {
            try {
                found.add(rehearsed(kernel(stateDirectory, groups)));
            } catch (IOException | UnsupportedOperationException e) {
                unavailable.add(KernelConfinement.NAME + ": " + e.getMessage());
            }
        }
        if (strategies == Strategies.ALL || strategies == Strategies.BUBBLEWRAP) {
            try {
                found.add(rehearsed(bubblewrap(stateDirectory, groups)));
            } catch (IOException | UnsupportedOperationException e) {
                unavailable.add(BubblewrapConfinement.NAME + ": " + e.getMessage());
            }
        }
        found.add(new NoConfinement(groups, unavailable.isEmpty() ? "switched off" : String.join("; ", unavailable)));
        return new SandboxLauncher(List.copyOf(found), List.copyOf(unavailable));
    }

    /**
     * Starts a process.
     *
     * @throws SandboxException if the plugin demands more than this machine can enforce, naming every layer that is lacking, or
     *     if its program cannot be run
     */
    public SandboxedProcess start(SpawnRequest request) throws SandboxException {
        Confinement confinement = best(request.policy());
        SandboxLevel level = confinement.level(request.policy());
        SandboxTier minimum = request.policy().minimum();
        if (!level.reaches(minimum)) {
            throw new SandboxException(
                    request.plugin(),
                    "it demands the sandbox level '" + minimum.code() + "', and this machine reaches '"
                            + level.tier().code() + "' for it by " + level.strategy() + ". Lacking: "
                            + String.join("; ", level.lacking(minimum)));
        }
        try {
            return confinement.start(request);
        } catch (SandboxException e) {
            throw e;
        } catch (IOException e) {
            throw new SandboxException(
                    request.plugin(), "the sandbox by " + level.strategy() + " failed: " + e.getMessage(), e);
        }
    }

    /** The level that a process with this policy gets, and is refused without. */
    public SandboxLevel level(SandboxPolicy policy) {
        return best(policy).level(policy);
    }

    /** What this machine can enforce for a plugin that is granted nothing. */
    public SandboxReport probe() {
        Confinement best = best(NOTHING_GRANTED);
        List<String> others = new ArrayList<>(unavailable);
        for (Confinement other : confinements) {
            SandboxLevel level = other.level(NOTHING_GRANTED);
            if (other != best && !(other instanceof NoConfinement)) {
                others.add(level.strategy() + ": available, reaches '"
                        + level.tier().code() + "'");
            }
        }
        return new SandboxReport(System.getProperty("os.version", "unknown"), best.level(NOTHING_GRANTED), others);
    }

    /** Processes that were started by this stay their owners' to close; those in bubblewrap end now. */
    @Override
    public void close() {
        confinements.forEach(Confinement::close);
    }

    /** The one that reaches the plugin's minimum with the most layers; the one with the most layers if none does. */
    private Confinement best(SandboxPolicy policy) {
        return confinements.stream()
                .max(Comparator.comparing((Confinement one) -> one.level(policy).reaches(policy.minimum()))
                        .thenComparing(one -> layers(one.level(policy)))
                        // Of equals, the first.
                        .thenComparing(one -> -confinements.indexOf(one)))
                .orElseThrow();
    }

    private static long layers(SandboxLevel level) {
        return level.layers().keySet().stream()
                .filter((SandboxLayer layer) -> level.has(layer))
                .count();
    }

    private static Confinement kernel(Path stateDirectory, ControlGroups groups) throws IOException {
        Kernel kernel = Kernel.open();
        return new KernelConfinement(
                kernel, KernelFeatures.probe(kernel), groups, new UserIds(stateDirectory), new SpawnCall(kernel));
    }

    private static Confinement bubblewrap(Path stateDirectory, ControlGroups groups) {
        Machine machine = Machine.current()
                .orElseThrow(() -> new UnsupportedOperationException("needs Linux on amd64 or aarch64"));
        Optional<Path> program = SystemPrograms.find("bwrap");
        Optional<Path> shell = SystemPrograms.find("sh");
        if (program.isEmpty() || shell.isEmpty()) {
            throw new UnsupportedOperationException(
                    "the program bwrap is not installed (Debian, Ubuntu and Fedora: package bubblewrap)");
        }
        return new BubblewrapConfinement(
                program.get(), SystemPrograms.withDefaultSignals(), shell.get(), machine, groups, stateDirectory);
    }

    /** Starts a process that does nothing. What promises more than it can do is found out before a plugin relies on it. */
    private static Confinement rehearsed(Confinement confinement) throws IOException {
        SpawnRequest nothing =
                new SpawnRequest(REHEARSAL, List.of("sh", "-c", "exit 0"), Path.of("/"), Map.of(), NOTHING_GRANTED);
        try (SandboxedProcess process = confinement.start(nothing)) {
            int status = process.onExit().get(REHEARSAL_SECONDS, TimeUnit.SECONDS);
            if (status != 0) {
                throw new IOException("the rehearsal ended with status " + status + ": "
                        + new String(process.stderr().readNBytes(1000), StandardCharsets.UTF_8).strip());
            }
            return confinement;
        } catch (ExecutionException | TimeoutException e) {
            confinement.close();
            throw new IOException("the rehearsal did not end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            confinement.close();
            throw new IOException("interrupted during the rehearsal", e);
        } catch (IOException e) {
            confinement.close();
            throw e;
        }
    }
}

package dev.mortise.runtime.process.spawn;

import dev.mortise.runtime.process.launch.HostIdentity;
import dev.mortise.runtime.process.launch.HostIdentity.Liveness;
import dev.mortise.runtime.process.sandbox.LayerState;
import dev.mortise.runtime.process.sandbox.ResourceBounds;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The control groups that the host may make beneath its own, so that an outer accounting is kept. Knows version 2, version 1 and
 * systems that have both.
 */
final class ControlGroups {

    private static final String PREFIX = "mortise-";
    private static final Path OWN_GROUPS = Path.of("/proc/self/cgroup");
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

    /** What a group can bound. */
    enum Controller {
        MEMORY("memory"),
        PIDS("pids"),
        CPU("cpu");

        private final String title;

        Controller(String title) {
            this.title = title;
        }
    }

    /** @param folder the host's own group in one hierarchy */
    private record Hierarchy(Path folder, boolean unified) {}

    private final String name;
    private final Map<Controller, Hierarchy> controllers;
    private final Optional<Path> killing;
    private final AtomicLong count = new AtomicLong();

    private ControlGroups(String name, Map<Controller, Hierarchy> controllers, Optional<Path> killing) {
        this.name = name;
        this.controllers = controllers;
        this.killing = killing;
    }

    /** Finds out by trying, and removes what hosts that are dead have left. */
    static ControlGroups discover(HostIdentity host) {
        Map<Controller, Hierarchy> controllers = new EnumMap<>(Controller.class);
        Optional<Path> killing = Optional.empty();
        List<OwnGroup> ownGroups = ownGroups();
        removeLeftovers(ownGroups, host);
        String name = PREFIX + host.text() + "-" + freshSuffix() + "-";
        for (OwnGroup own : ownGroups) {
            Trial trial = trial(own.folder().resolve(name + "trial"));
            if (trial == Trial.REFUSED) {
                continue;
            }
            if (trial == Trial.CAN_BE_KILLED) {
                killing = killing.or(() -> Optional.of(own.folder()));
            }
            for (Controller controller : Controller.values()) {
                if (own.offers(controller)) {
                    controllers.putIfAbsent(controller, new Hierarchy(own.folder(), own.unified()));
                }
            }
        }
        return new ControlGroups(name, controllers, killing);
    }

    /** Several hosts of one process have one identity. */
    private static String freshSuffix() {
        return Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), Character.MAX_RADIX);
    }

    boolean bounds(Controller controller) {
        return controllers.containsKey(controller);
    }

    /** The state of the layer that rests on a controller. */
    LayerState state(Controller controller) {
        return bounds(controller)
                ? LayerState.inForce("control group")
                : LayerState.absent(
                        switch (controller) {
                            case MEMORY ->
                                "the host has no control group in which it can bound memory; each process for itself is"
                                        + " bounded by RLIMIT_DATA";
                            case PIDS -> "the host has no control group in which it can bound processes";
                            case CPU -> "the host has no control group in which it can bound processor time";
                        });
    }

    /** Whether a group can be killed as a whole. */
    boolean kills() {
        return killing.isPresent();
    }

    /** Makes a group for one process and its descendants, with bounds. */
    ControlGroup create(ResourceBounds bounds) throws IOException {
        String group = name + count.incrementAndGet();
        List<Path> folders = new ArrayList<>();
        Optional<Path> killable = killing.map(folder -> folder.resolve(group));
        ControlGroup made = new ControlGroup(folders, killable);
        try {
            if (killable.isPresent()) {
                make(killable.get(), folders);
            }
            for (Map.Entry<Controller, Hierarchy> entry : controllers.entrySet()) {
                Path folder = entry.getValue().folder().resolve(group);
                make(folder, folders);
                bound(folder, entry.getKey(), entry.getValue().unified(), bounds);
            }
            return made;
        } catch (IOException e) {
            made.remove();
            throw e;
        }
    }

    private static void make(Path folder, List<Path> folders) throws IOException {
        if (!folders.contains(folder)) {
            Files.createDirectory(folder);
            folders.add(folder);
        }
    }

    private static void bound(Path group, Controller controller, boolean unified, ResourceBounds bounds)
            throws IOException {
        long period = 100_000;
        long quota = Math.max(1000, Math.round(bounds.processors() * period));
        // The plugin's own processes, and the shell that tends them.
        String tasks = Integer.toString(bounds.processes() + 1);
        String memory = Long.toString(bounds.memoryBytes());
        switch (controller) {
            case PIDS -> write(group.resolve("pids.max"), tasks);
            case CPU -> {
                if (unified) {
                    write(group.resolve("cpu.max"), quota + " " + period);
                } else {
                    write(group.resolve("cpu.cfs_period_us"), Long.toString(period));
                    write(group.resolve("cpu.cfs_quota_us"), Long.toString(quota));
                }
            }
            case MEMORY -> {
                if (unified) {
                    write(group.resolve("memory.max"), memory);
                    writeIfPresent(group.resolve("memory.swap.max"), "0");
                    writeIfPresent(group.resolve("memory.oom.group"), "1");
                } else {
                    write(group.resolve("memory.limit_in_bytes"), memory);
                    writeIfPresent(group.resolve("memory.memsw.limit_in_bytes"), memory);
                }
            }
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
    }

    private static void writeIfPresent(Path file, String text) throws IOException {
        if (Files.exists(file)) {
            write(file, text);
        }
    }

    private enum Trial {
        REFUSED,
        MADE,
        CAN_BE_KILLED
    }

    private static Trial trial(Path group) {
        try {
            Files.createDirectory(group);
            boolean killable = Files.exists(group.resolve("cgroup.kill"));
            Files.delete(group);
            return killable ? Trial.CAN_BE_KILLED : Trial.MADE;
        } catch (IOException e) {
            return Trial.REFUSED;
        }
    }

    /** Kills first and removes afterwards: the same processes are in a group of each hierarchy. */
    private static void removeLeftovers(List<OwnGroup> ownGroups, HostIdentity host) {
        List<Path> left = new ArrayList<>();
        ownGroups.forEach(own -> left.addAll(leftovers(own.folder(), host)));
        left.forEach(group -> new ControlGroup(List.of(group), Optional.of(group)).kill());
        new ControlGroup(left, Optional.empty()).remove();
    }

    /** Those of another user are that user's business. */
    private static List<Path> leftovers(Path folder, HostIdentity host) {
        List<Path> left = new ArrayList<>();
        try (DirectoryStream<Path> groups = Files.newDirectoryStream(folder, PREFIX + "*")) {
            for (Path group : groups) {
                String made = group.getFileName().toString().substring(PREFIX.length());
                if (Files.isWritable(folder)
                        && !made.startsWith(host.text() + "-")
                        && HostIdentity.liveness(made) == Liveness.DEAD) {
                    left.add(group);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // What cannot be listed cannot be cleaned, and hinders nothing.
            return left;
        }
        return left;
    }

    /** The host's own groups, one for each hierarchy that is mounted. */
    private static List<OwnGroup> ownGroups() {
        List<OwnGroup> found = new ArrayList<>();
        try {
            List<String> own = Files.readAllLines(OWN_GROUPS);
            for (String mount : Files.readAllLines(MOUNTS)) {
                OwnGroup.of(mount, own)
                        .filter(group -> Files.isDirectory(group.folder()))
                        .ifPresent(found::add);
            }
        } catch (IOException e) {
            return List.of();
        }
        return found;
    }

    /**
     * @param controllers of a version 1 hierarchy
     */
    private record OwnGroup(Path folder, boolean unified, List<String> controllers) {

        /**
         * Matches a line of {@code mountinfo} with the lines of {@code cgroup}: the mount shows the hierarchy from its root
         * (field 4) on, at its mount point (field 5).
         */
        static Optional<OwnGroup> of(String mount, List<String> own) {
            String[] halves = mount.split(" - ", 2);
            String[] front = halves[0].split(" ");
            String[] back = halves[1].split(" ");
            boolean unified = back[0].equals("cgroup2");
            if (!unified && !back[0].equals("cgroup")) {
                return Optional.empty();
            }
            List<String> options = unified ? List.of() : List.of(back[back.length - 1].split(","));
            for (String line : own) {
                String[] fields = line.split(":", 3);
                List<String> controllers = List.of(fields[1].split(","));
                if (unified ? fields[1].isEmpty() : !fields[1].isEmpty() && options.containsAll(controllers)) {
                    Path root = Path.of(front[3]);
                    Path group = Path.of(fields[2]);
                    Path below = group.startsWith(root) ? root.relativize(group) : Path.of("");
                    return Optional.of(new OwnGroup(Path.of(front[4]).resolve(below), unified, controllers));
                }
            }
            return Optional.empty();
        }

        /** Whether groups made here can bound this. In version 2 the group must hand the controller down. */
        boolean offers(Controller controller) {
            if (!unified) {
                return controllers.contains(controller.title);
            }
            Path handedDown = folder.resolve("cgroup.subtree_control");
            try {
                if (!words(folder.resolve("cgroup.controllers")).contains(controller.title)) {
                    return false;
                }
                if (!words(handedDown).contains(controller.title)) {
                    write(handedDown, "+" + controller.title);
                }
                return words(handedDown).contains(controller.title);
            } catch (IOException e) {
                // A group that has processes of its own may not hand down; such a host needs a group delegated to it.
                return false;
            }
        }

        private static List<String> words(Path file) throws IOException {
            return List.of(Files.readString(file).strip().split("\\s+"));
        }
    }
}

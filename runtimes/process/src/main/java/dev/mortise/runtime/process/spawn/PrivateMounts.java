package dev.mortise.runtime.process.spawn;

import dev.mortise.runtime.process.sandbox.kernel.Errno;
import dev.mortise.runtime.process.sandbox.kernel.Kernel;
import dev.mortise.runtime.process.sandbox.kernel.SystemCall;
import dev.mortise.runtime.process.sandbox.kernel.ThreadStep;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How the file tree looks from a mount namespace of the plugin's own. Folders full of other people's sockets and files are
 * covered by empty ones, and so are folders that the plugin's user id could not pass through; what the plugin was granted
 * beneath them is put back in its place. What must stay as it is although the plugin may write to a folder above it is mounted
 * read-only. {@code /proc} shows the processes of the plugin's user only.
 */
final class PrivateMounts implements AutoCloseable {

    private static final List<Path> CROWDED = List.of(
            Path.of("/run"),
            Path.of("/tmp"),
            Path.of("/var/tmp"),
            Path.of("/dev/shm"),
            Path.of("/dev/mqueue"),
            Path.of("/home"),
            Path.of("/root"));

    private static final long MS_NOSUID_NODEV_NOEXEC = 2 | 4 | 8;
    private static final long MS_NOSUID_NODEV = 2 | 4;
    private static final long MS_RECURSIVE_PRIVATE = 0x4000 | 0x40000;
    private static final long OPEN_TREE_CLONE_RECURSIVE_CLOEXEC = 1 | 0x8000 | 0x80000;
    private static final long MOVE_MOUNT_F_EMPTY_PATH = 4;
    private static final long AT_EMPTY_PATH_RECURSIVE = 0x1000 | 0x8000;
    private static final long MOUNT_ATTR_RDONLY = 1;
    private static final long MOUNT_ATTR_SIZE = 32;
    private static final long AT_FDCWD = -100;
    private static final long REGULAR_FILE = 0100644;
    private static final long FOLDER_MODE = 0755;
    private static final long USUAL_MASK = 022;
    private static final int OTHERS_MAY_PASS = 01;

    private final Kernel kernel;
    private final Arena arena;
    private final MemorySegment nothing;
    private final List<Path> readOnly;
    private final List<Path> covered;
    private final List<Path> kept;
    private final List<TreeStep> trees = new ArrayList<>();

    /**
     * Plans the mounts.
     *
     * @param arena that outlives the steps
     * @param granted existing, real paths that the plugin must find at their places
     * @param readOnly those of them, folders, that it must not be able to change
     * @param user the plugin's user id, or 0 if it runs as the host's
     * @throws IOException if the root folder itself would have to be covered
     */
    PrivateMounts(Kernel kernel, Arena arena, List<Path> granted, List<Path> readOnly, int user) throws IOException {
        this.kernel = kernel;
        this.arena = arena;
        this.nothing = arena.allocateFrom("");
        this.readOnly = List.copyOf(readOnly);
        this.covered = topmost(folders(granted, user));
        this.kept = kept(granted, covered, user);
    }

    /** The folders that are covered by empty ones. */
    List<Path> covered() {
        return covered;
    }

    /** The topmost folder on the way to a path that others than its owner may not pass through. */
    static Optional<Path> closedFolder(Path path, int user) throws IOException {
        List<Path> way = new ArrayList<>();
        for (Path folder = path.getParent(); folder != null; folder = folder.getParent()) {
            way.addFirst(folder);
        }
        for (Path folder : way) {
            if (isClosed(folder, user)) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    private static boolean isClosed(Path folder, int user) throws IOException {
        int mode = (Integer) Files.getAttribute(folder, "unix:mode");
        return (mode & OTHERS_MAY_PASS) == 0 && user != (Integer) Files.getAttribute(folder, "unix:uid");
    }

    /** To be run in a mount namespace of the thread's own. */
    List<ThreadStep> steps() {
        List<ThreadStep> steps = new ArrayList<>();
        steps.add(new CallStep(kernel, "setting the mode of new folders", SystemCall.UMASK, USUAL_MASK));
        steps.add(new CallStep(
                kernel,
                "parting from the host's mounts",
                SystemCall.MOUNT,
                text("none"),
                text("/"),
                0,
                MS_RECURSIVE_PRIVATE,
                0));
        // A folder comes before what lies in it.
        SortedSet<Path> mounted = new TreeSet<>(kept);
        mounted.addAll(readOnly);
        for (Path path : mounted) {
            TreeStep tree = new TreeStep(kernel, path, text(path.toString()));
            trees.add(tree);
            steps.add(tree);
            if (readOnly.contains(path)) {
                steps.add(new ReadOnlyStep(kernel, tree, nothing.address(), readOnlyAttribute()));
            }
        }
        for (Path folder : covered) {
            steps.add(new CallStep(
                    kernel,
                    "covering " + folder,
                    SystemCall.MOUNT,
                    text("tmpfs"),
                    text(folder.toString()),
                    text("tmpfs"),
                    MS_NOSUID_NODEV,
                    text("mode=0755,size=1m,nr_inodes=4096")));
        }
        for (Path folder : wayTo()) {
            steps.add(new MakeStep(kernel, SystemCall.MKDIRAT, folder, text(folder.toString()), FOLDER_MODE));
        }
        for (TreeStep tree : trees) {
            boolean folder = Files.isDirectory(tree.path);
            steps.add(new MakeStep(
                    kernel,
                    folder ? SystemCall.MKDIRAT : SystemCall.MKNODAT,
                    tree.path,
                    tree.pathText,
                    folder ? FOLDER_MODE : REGULAR_FILE));
            steps.add(new PutBackStep(kernel, tree, nothing.address()));
        }
        return steps;
    }

    /** Covers {@code /proc}. To be run in a mount namespace of the thread's own. */
    static ThreadStep hiddenProcesses(Kernel kernel, Arena arena) {
        long proc = arena.allocateFrom("proc").address();
        return new CallStep(
                kernel,
                "mounting /proc without other users' processes",
                SystemCall.MOUNT,
                proc,
                arena.allocateFrom("/proc").address(),
                proc,
                MS_NOSUID_NODEV_NOEXEC,
                arena.allocateFrom("hidepid=2").address());
    }

    /** Closes what a failed run may have left open. */
    @Override
    public void close() {
        trees.forEach(TreeStep::close);
    }

    /** A {@code struct mount_attr} (linux/mount.h). */
    private long readOnlyAttribute() {
        MemorySegment attribute = arena.allocate(MOUNT_ATTR_SIZE, Long.BYTES);
        attribute.set(ValueLayout.JAVA_LONG, 0, MOUNT_ATTR_RDONLY);
        return attribute.address();
    }

    private static Set<Path> folders(List<Path> visible, int user) throws IOException {
        Set<Path> folders = new TreeSet<>();
        for (Path folder : CROWDED) {
            if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && visible.stream().noneMatch(folder::startsWith)) {
                folders.add(folder);
            }
        }
        if (user != 0) {
            for (Path path : visible) {
                closedFolder(path, user).ifPresent(folders::add);
            }
        }
        if (folders.contains(Path.of("/"))) {
            throw new IOException("the root folder / is closed to all users but its owner");
        }
        return folders;
    }

    /** What is put back. A folder that the plugin could not pass through is not, or it would hide what lies in it. */
    private static List<Path> kept(List<Path> granted, List<Path> covered, int user) throws IOException {
        List<Path> kept = new ArrayList<>();
        for (Path path : granted) {
            boolean closed = user != 0 && Files.isDirectory(path) && isClosed(path, user);
            if (!closed && covered.stream().anyMatch(path::startsWith)) {
                kept.add(path);
            }
        }
        return topmost(kept);
    }

    private static List<Path> topmost(Iterable<Path> paths) {
        List<Path> top = new ArrayList<>();
        Set<Path> sorted = new TreeSet<>();
        paths.forEach(sorted::add);
        for (Path path : sorted) {
            if (top.stream().noneMatch(path::startsWith)) {
                top.add(path);
            }
        }
        return List.copyOf(top);
    }

    /** The folders between a covered one and what is put back beneath it, from above to below. */
    private Set<Path> wayTo() {
        Set<Path> way = new LinkedHashSet<>();
        for (Path path : kept) {
            List<Path> one = new ArrayList<>();
            for (Path folder = path.getParent();
                    folder != null && !covered.contains(folder);
                    folder = folder.getParent()) {
                one.addFirst(folder);
            }
            way.addAll(one);
        }
        return way;
    }

    private long text(String text) {
        return arena.allocateFrom(text).address();
    }

    /** Takes hold of a part of the tree before it is covered. */
    private static final class TreeStep implements ThreadStep {

        private final Kernel kernel;
        private final Path path;
        private final long pathText;
        private volatile long descriptor = -1;

        TreeStep(Kernel kernel, Path path, long pathText) {
            this.kernel = kernel;
            this.path = path;
            this.pathText = pathText;
        }

        @Override
        public String title() {
            return "keeping " + path;
        }

        @Override
        public long run() {
            descriptor = kernel.call(SystemCall.OPEN_TREE, AT_FDCWD, pathText, OPEN_TREE_CLONE_RECURSIVE_CLOEXEC);
            return descriptor;
        }

        void close() {
            if (descriptor >= 0) {
                kernel.call(SystemCall.CLOSE, descriptor);
                descriptor = -1;
            }
        }
    }

    /** Makes a folder or a file, unless it is there. */
    private record MakeStep(Kernel kernel, SystemCall call, Path path, long pathText, long mode) implements ThreadStep {

        @Override
        public String title() {
            return "making " + path + " in a private folder";
        }

        @Override
        public long run() {
            long result = kernel.call(call, AT_FDCWD, pathText, mode, 0);
            return result == -Errno.EEXIST ? 0 : result;
        }
    }

    /** Closes a part of the tree to changes while nothing but its descriptor leads to it. */
    private record ReadOnlyStep(Kernel kernel, TreeStep tree, long nothing, long attribute) implements ThreadStep {

        @Override
        public String title() {
            return "making " + tree.path + " read-only";
        }

        @Override
        public long run() {
            return kernel.call(
                    SystemCall.MOUNT_SETATTR,
                    tree.descriptor,
                    nothing,
                    AT_EMPTY_PATH_RECURSIVE,
                    attribute,
                    MOUNT_ATTR_SIZE);
        }
    }

    private record PutBackStep(Kernel kernel, TreeStep tree, long nothing) implements ThreadStep {

        @Override
        public String title() {
            return "putting " + tree.path + " back";
        }

        @Override
        public long run() {
            return kernel.call(
                    SystemCall.MOVE_MOUNT, tree.descriptor, nothing, AT_FDCWD, tree.pathText, MOVE_MOUNT_F_EMPTY_PATH);
        }
    }
}

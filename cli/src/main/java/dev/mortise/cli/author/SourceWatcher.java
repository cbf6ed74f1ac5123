package dev.mortise.cli.author;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Notices which files have changed. What counts is always the comparison of two looks at the files; the system's own
 * notifications only say when to look, so that where they are missing or late the same is noticed a little later.
 */
final class SourceWatcher implements AutoCloseable {

    private static final Set<String> SKIPPED_FOLDERS = Set.of("target", "node_modules", "__pycache__");
    private static final long LOOK_MILLIS = 200;
    private static final long LOOK_BESIDES_NOTIFICATIONS_MILLIS = 1000;
    private static final long QUIET_MILLIS = 30;

    private final List<Path> roots;
    private final Map<Path, WatchKey> watched = new HashMap<>();

    @Nullable
    private WatchService notifications;

    private Map<Path, Stamp> known;

    private record Stamp(long modifiedNanos, long size) {}

    /** Watches files, and folders with all that is in them. Those that do not exist yet may come later. */
    SourceWatcher(List<Path> roots) throws IOException {
        this.roots = List.copyOf(roots);
        this.notifications = open();
        this.known = look();
    }

    @Nullable
    private static WatchService open() {
        // On macOS the service itself looks at the files, and more seldom than is done here.
        if (System.getProperty("os.name", "").startsWith("Mac")) {
            return null;
        }
        try {
            return FileSystems.getDefault().newWatchService();
        } catch (IOException | UnsupportedOperationException e) {
            return null;
        }
    }

    /**
     * Waits until something has changed and, for a moment, nothing more does.
     *
     * @return the files that were changed, added or removed
     */
    Set<Path> await() throws IOException, InterruptedException {
        while (true) {
            pause();
            Map<Path, Stamp> now = look();
            if (now.equals(known)) {
                continue;
            }
            for (Map<Path, Stamp> later = settled(); !later.equals(now); later = settled()) {
                now = later;
            }
            Set<Path> changed = difference(known, now);
            known = now;
            return changed;
        }
    }

    private Map<Path, Stamp> settled() throws IOException, InterruptedException {
        TimeUnit.MILLISECONDS.sleep(QUIET_MILLIS);
        return look();
    }

    private void pause() throws InterruptedException {
        if (notifications == null) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            return;
        }
        try {
            WatchKey key = notifications.poll(LOOK_BESIDES_NOTIFICATIONS_MILLIS, TimeUnit.MILLISECONDS);
            while (key != null) {
                key.pollEvents();
                key.reset();
                key = notifications.poll();
            }
        } catch (ClosedWatchServiceException e) {
            throw new InterruptedException("the watcher has been closed");
        }
    }

    private static Set<Path> difference(Map<Path, Stamp> before, Map<Path, Stamp> after) {
        Set<Path> all = new HashSet<>(before.keySet());
        all.addAll(after.keySet());
        Predicate<Path> same =
                path -> after.containsKey(path) && after.get(path).equals(before.get(path));
        all.removeIf(same);
        return new TreeSet<>(all);
    }

    private Map<Path, Stamp> look() throws IOException {
        Map<Path, Stamp> found = new HashMap<>();
        for (Path root : roots) {
            if (!Files.isDirectory(root)) {
                watch(root.getParent());
            }
            if (Files.exists(root)) {
                Files.walkFileTree(root, new Look(root, found));
            }
        }
        return found;
    }

    private void watch(@Nullable Path folder) {
        if (notifications == null || folder == null) {
            return;
        }
        WatchKey key = watched.get(folder);
        if (key != null && key.isValid() || !Files.isDirectory(folder)) {
            return;
        }
        try {
            watched.put(
                    folder,
                    folder.register(
                            notifications,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY,
                            StandardWatchEventKinds.ENTRY_DELETE));
        } catch (IOException e) {
            // The system's limit of watched folders is reached: from now on only looking helps.
            close();
        }
    }

    @Override
    public void close() {
        WatchService service = notifications;
        notifications = null;
        if (service != null) {
            try {
                service.close();
            } catch (IOException e) {
                // Nothing is lost: it only frees what the process frees at its end.
            }
        }
    }

    /** Collects the files under a root, without what editors and builds leave there. */
    private final class Look extends SimpleFileVisitor<Path> {

        private final Path root;
        private final Map<Path, Stamp> found;

        Look(Path root, Map<Path, Stamp> found) {
            this.root = root;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (!folder.equals(root) && (isHidden(folder) || SKIPPED_FOLDERS.contains(name(folder)))) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            watch(folder);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && !isHidden(file) && !name(file).endsWith("~")) {
                found.put(file, new Stamp(attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS), attributes.size()));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            // Gone since its folder was read, which the next look shows.
            return FileVisitResult.CONTINUE;
        }

        private static boolean isHidden(Path path) {
            return name(path).startsWith(".");
        }

        private static String name(Path path) {
            return String.valueOf(path.getFileName());
        }
    }
}

package dev.mortise.cli.author;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class SourceWatcherTest {

    @TempDir
    Path folder;

    @Test
    void tellsWhichFilesHaveChanged() throws Exception {
        Path changed = Files.writeString(folder.resolve("changed"), "before");
        Path deleted = Files.writeString(folder.resolve("deleted"), "");
        Files.writeString(folder.resolve("untouched"), "");
        try (SourceWatcher watcher = new SourceWatcher(List.of(folder))) {
            Path added = folder.resolve("added");
            Files.writeString(changed, "after it");
            Files.delete(deleted);
            Files.writeString(added, "");

            assertThat(seen(watcher, 3)).containsExactlyInAnyOrder(changed, deleted, added);
        }
    }

    @Test
    void seesWhatHappensInFoldersThatAreMadeLater() throws Exception {
        try (SourceWatcher watcher = new SourceWatcher(List.of(folder))) {
            Path nested = Files.createDirectories(folder.resolve("a/b/c"));
            Path first = Files.writeString(nested.resolve("first"), "");
            assertThat(seen(watcher, 1)).containsExactly(first);

            Path second = Files.writeString(nested.resolve("second"), "");
            assertThat(seen(watcher, 1)).containsExactly(second);
        }
    }

    @Test
    void seesAFileThatIsReplacedAsEditorsDo() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "before");
        try (SourceWatcher watcher = new SourceWatcher(List.of(file))) {
            Path fresh = Files.writeString(folder.resolve("file.new"), "after it");
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);

            assertThat(seen(watcher, 1)).containsExactly(file);
        }
    }

    @Test
    void seesRootsThatDoNotExistYet() throws Exception {
        Path later = folder.resolve("later");
        try (SourceWatcher watcher = new SourceWatcher(List.of(later))) {
            Files.createDirectories(later);
            Path file = Files.writeString(later.resolve("file"), "");

            assertThat(seen(watcher, 1)).containsExactly(file);
        }
    }

    @Test
    void passesOverWhatEditorsAndBuildsLeave() throws Exception {
        try (SourceWatcher watcher = new SourceWatcher(List.of(folder))) {
            Files.writeString(folder.resolve(".swap.swp"), "");
            Files.writeString(folder.resolve("backup~"), "");
            Files.createDirectories(folder.resolve("target"));
            Files.writeString(folder.resolve("target/output"), "");
            Files.createDirectories(folder.resolve(".git"));
            Files.writeString(folder.resolve(".git/index"), "");
            Path real = Files.writeString(folder.resolve("real"), "");

            assertThat(seen(watcher, 1)).containsExactly(real);
        }
    }

    @Test
    void goesOnLookingWhenTheNotificationsAreGone() throws Exception {
        SourceWatcher watcher = new SourceWatcher(List.of(folder));
        watcher.close();
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThat(seen(watcher, 1)).containsExactly(file);
    }

    @Test
    void waitsForAsLongAsNothingHappens() throws Exception {
        try (SourceWatcher watcher = new SourceWatcher(List.of(folder))) {
            CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
            Thread waiting = Thread.ofVirtual().start(() -> {
                try {
                    watcher.await();
                    interrupted.complete(false);
                } catch (InterruptedException e) {
                    interrupted.complete(true);
                } catch (IOException e) {
                    interrupted.completeExceptionally(e);
                }
            });

            waiting.interrupt();

            assertThat(interrupted.get(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** What it tells until it has told that many; it may tell them at once or one after the other. */
    private static Set<Path> seen(SourceWatcher watcher, int count) throws Exception {
        Set<Path> seen = new HashSet<>();
        while (seen.size() < count) {
            seen.addAll(watcher.await());
        }
        return seen;
    }
}

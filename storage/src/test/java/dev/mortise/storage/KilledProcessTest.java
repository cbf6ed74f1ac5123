package dev.mortise.storage;

import static dev.mortise.storage.Fixtures.GREETER;
import static dev.mortise.storage.Fixtures.generation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.StateStore;
import dev.mortise.host.model.GenerationRecord;
import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.spi.HostStorage.AuditEntry;
import dev.mortise.host.spi.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledProcessTest {

    private static final int KILLS = 15;

    @TempDir
    private Path folder;

    @Test
    void whateverWasReportedAsDoneSurvivesThirtyKills() throws Exception {
        try (ExecutorService lanes = Executors.newFixedThreadPool(2)) {
            for (Future<Map<String, Long>> lane : lanes.invokeAll(List.of(lane("one", 1), lane("two", 2)))) {
                // Otherwise the processes were killed before there was anything to lose.
                assertThat(lane.get())
                        .hasEntrySatisfying(
                                "generation", last -> assertThat(last).isGreaterThan(50));
            }
        }
    }

    /** One directory, whose process is killed again and again. */
    private Callable<Map<String, Long>> lane(String name, long seed) {
        return () -> {
            Path lane = Files.createDirectory(folder.resolve(name));
            Random random = new Random(seed);
            Map<String, Long> reported = new HashMap<>();
            for (int kill = 0; kill < KILLS; kill++) {
                // Every eighth is killed while it opens, the others somewhere in the first rounds of writing.
                int lines = kill % 8 == 3 ? 1 : 2 + random.nextInt(150);
                killAfter(lines, lane, reported);
                check(lane.resolve("data"), reported);
            }
            return reported;
        };
    }

    private static void killAfter(int lines, Path lane, Map<String, Long> reported) throws IOException {
        try (ChildJvm child = ChildJvm.start(
                KilledWriter.class,
                lane,
                lane.resolve("data").toString(),
                lane.resolve("archive").toString())) {
            int seen = 0;
            for (String line = child.line(); line != null; line = child.line()) {
                if (++seen == lines) {
                    child.kill();
                }
                String[] words = line.split(" ", -1);
                if (words.length == 3 && words[2].equals(".")) {
                    reported.put(words[0], Long.parseLong(words[1]));
                }
            }
            assertThat(seen).as("lines of a process that did not end by itself").isGreaterThanOrEqualTo(lines);
        }
    }

    private static void check(Path data, Map<String, Long> reported) throws IOException {
        try (HostStorage storage = SqliteStorage.open(data, Clock.systemUTC())) {
            checkGenerations(storage, reported);
            checkState(storage.state(GREETER), reported);
            checkRecords(storage, reported);
        }
        checkFiles(data);
    }

    private static void checkGenerations(HostStorage storage, Map<String, Long> reported) throws IOException {
        List<GenerationRecord> kept = storage.generations().recent(100);
        long latest = kept.isEmpty() ? 0 : kept.getFirst().number();
        assertIsReportedOrNext("generation", latest, reported);
        assertThat(kept.size()).isGreaterThanOrEqualTo((int) Math.min(latest, KilledWriter.KEPT));
        for (GenerationRecord record : kept) {
            byte[] content = KilledWriter.content(record.number());
            assertThat(record).isEqualTo(generation(record.number(), Sha256.of(content)));
            if (record.number() > latest - KilledWriter.KEPT) {
                assertThat(storage.artifacts().find(Sha256.of(content)))
                        .hasValueSatisfying(stored -> assertThat(stored).hasBinaryContent(content));
            }
        }
        long stored = done(reported, "package");
        if (stored > 0) {
            assertThat(storage.artifacts().find(Sha256.of(KilledWriter.content(stored))))
                    .isPresent();
        }
    }

    private static void checkState(StateStore state, Map<String, Long> reported) {
        long last = done(reported, "last");
        assertThat(state.get("last").orElse(KilledWriter.value(0)))
                .isIn(LongStream.rangeClosed(last, done(reported, "generation"))
                        .mapToObj(KilledWriter::value)
                        .toList());
        long key = done(reported, "key");
        if (key > 0) {
            assertThat(state.get("key " + key % 50)).contains(KilledWriter.value(key));
        }
        assertIsReportedOrNext("count", Long.parseLong(state.get("count").orElse("0")), reported);
    }

    private static void checkRecords(HostStorage storage, Map<String, Long> reported) {
        // A process that dies between a generation and its token leaves a gap, but none before what was reported.
        long token = done(reported, "token");
        if (token > 0) {
            assertThat(storage.tokens().findByHash(Long.toString(token))).isPresent();
        }
        List<AuditEntry> entries = storage.audit().recent(100_000, OptionalLong.empty());
        assertIsReportedOrNext("audit", entries.size(), reported);
        assertThat(entries.reversed())
                .extracting(AuditEntry::number)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, entries.size()).boxed().toList());
    }

    /** After an opening and a closing, nothing half-written is left either. */
    private static void checkFiles(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("artifacts"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Sha256.of(file).hex()).isEqualTo(file.getFileName().toString());
            }
        }
        try (Stream<Path> files = Files.list(data)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("artifacts", "mortise.db", "mortise.lock");
        }
    }

    /** One more may have been done than was reported: the one that the kill came in the middle of. */
    private static void assertIsReportedOrNext(String what, long actual, Map<String, Long> reported) {
        assertThat(actual).as(what).isBetween(done(reported, what), done(reported, what) + 1);
        reported.put(what, actual);
    }

    private static long done(Map<String, Long> reported, String what) {
        return reported.getOrDefault(what, 0L);
    }
}

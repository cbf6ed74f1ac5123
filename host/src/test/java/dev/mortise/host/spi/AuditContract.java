package dev.mortise.host.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.spi.HostStorage.AuditEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

interface AuditContract extends StorageUnderTest {

    @Test
    default void anEntryGetsANumberAndIsReadBackAsItWasAppended() {
        AuditEntry entry = new AuditEntry(
                0,
                Instant.parse("2026-03-01T10:00:00.5Z"),
                "ci",
                "http",
                "install",
                "greeter",
                "done",
                "it's \"1.0.0\"");

        long number = audit().append(entry);

        assertThat(number).isPositive();
        assertThat(audit().recent(10, OptionalLong.empty()))
                .containsExactly(new AuditEntry(
                        number, entry.at(), "ci", "http", "install", "greeter", "done", "it's \"1.0.0\""));
    }

    @Test
    default void entriesComeTheNewestFirstAPageAtATime() {
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            numbers.add(audit().append(entry("change " + i)));
        }

        List<AuditEntry> first = audit().recent(3, OptionalLong.empty());
        List<AuditEntry> second =
                audit().recent(3, OptionalLong.of(first.getLast().number()));
        List<AuditEntry> third =
                audit().recent(3, OptionalLong.of(second.getLast().number()));

        assertThat(numbers).isSorted().doesNotHaveDuplicates();
        assertThat(first).extracting(AuditEntry::detail).containsExactly("change 6", "change 5", "change 4");
        assertThat(second).extracting(AuditEntry::detail).containsExactly("change 3", "change 2", "change 1");
        assertThat(third).extracting(AuditEntry::detail).containsExactly("change 0");
        assertThat(audit().recent(3, OptionalLong.of(third.getLast().number()))).isEmpty();
        assertThat(audit().recent(0, OptionalLong.empty())).isEmpty();
    }

    @Test
    default void entriesOfSeveralThreadsAllGetNumbersOfTheirOwn() throws Exception {
        List<Long> numbers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            Callable<List<Long>> append = () -> {
                List<Long> own = new ArrayList<>();
                for (int i = 0; i < 25; i++) {
                    own.add(audit().append(entry("of a thread")));
                }
                return own;
            };
            for (Future<List<Long>> done : threads.invokeAll(List.of(append, append, append, append))) {
                numbers.addAll(done.get());
            }
        }

        assertThat(numbers).hasSize(100).doesNotHaveDuplicates();
        assertThat(audit().recent(200, OptionalLong.empty())).hasSize(100);
    }

    private HostStorage.Audit audit() {
        return storage().audit();
    }

    private static AuditEntry entry(String detail) {
        return new AuditEntry(0, Instant.EPOCH, "admin", "cli", "install", "greeter", "done", detail);
    }
}

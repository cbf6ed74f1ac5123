package dev.mortise.storage;

import dev.mortise.api.StateStore;
import dev.mortise.host.model.Digest;
import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.spi.HostStorage.AuditEntry;
import dev.mortise.host.spi.HostStorage.TokenRecord;
import dev.mortise.host.spi.Sha256;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * A process that writes until it is killed, and reports each change when the storage has said that it is done. A report ends
 * with a full stop, so that half of one is known for what it is.
 */
final class KilledWriter {

    /** How many generations are kept, with their packages. */
    static final int KEPT = 5;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final HostStorage storage;
    private final Path archive;

    private KilledWriter(HostStorage storage, Path archive) {
        this.storage = storage;
        this.archive = archive;
    }

    public static void main(String[] arguments) throws IOException {
        System.out.println("opening .");
        HostStorage storage = SqliteStorage.open(Path.of(arguments[0]), Clock.systemUTC());
        new KilledWriter(storage, Path.of(arguments[1])).write();
    }

    /** The package of a generation. */
    static byte[] content(long number) {
        return ("package " + number + " ").repeat(2_000).getBytes(StandardCharsets.UTF_8);
    }

    static String value(long number) {
        return ("value " + number + " ").repeat(1 + (int) (number % 300));
    }

    private void write() throws IOException {
        StateStore state = storage.state(Fixtures.GREETER);
        long number = storage.generations()
                .latest()
                .map(latest -> latest.number() + 1)
                .orElse(1L);
        for (; ; number++) {
            Files.write(archive, content(number));
            Digest digest = Sha256.of(archive);
            storage.artifacts().put(digest, archive);
            report("package", number);

            storage.generations().append(Fixtures.generation(number, digest));
            report("generation", number);

            state.set("last", value(number));
            report("last", number);
            state.set("key " + number % 50, value(number));
            report("key", number);
            report("count", state.increment("count", 1));

            String text = Long.toString(number);
            storage.tokens().put(new TokenRecord("token " + text, "viewer", text, Instant.EPOCH));
            report("token", number);
            report("audit", storage.audit().append(new AuditEntry(0, Instant.EPOCH, "a", "b", "c", "d", "done", text)));

            if (number % 10 == 0) {
                storage.generations().keep(KEPT);
                Set<Digest> used = new HashSet<>();
                storage.generations()
                        .recent(KEPT)
                        .forEach(kept -> kept.plugins().values().forEach(entry -> used.add(entry.digest())));
                storage.artifacts().retain(used);
                report("kept", number);
            }
        }
    }

    private void report(String what, long number) {
        out.println(what + " " + number + " .");
    }
}

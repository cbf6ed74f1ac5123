package dev.mortise.storage;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.model.Cause;
import dev.mortise.host.model.Digest;
import dev.mortise.host.model.GenerationRecord;
import dev.mortise.host.model.PluginEntry;
import dev.mortise.host.model.PluginEntry.SourceRecord;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.model.Version;
import java.time.Instant;
import java.util.TreeMap;

/** Records whose every field follows from a number, so that any of them can be checked whole. */
final class Fixtures {

    static final PluginId GREETER = new PluginId("greeter");

    private Fixtures() {}

    /** A generation of three plugins, all of the package with the digest. */
    static GenerationRecord generation(long number, Digest digest) {
        TreeMap<PluginId, PluginEntry> plugins = new TreeMap<>();
        for (String name : new String[] {"greeter", "audit-log", "translator"}) {
            PluginId id = new PluginId(name);
            plugins.put(
                    id,
                    new PluginEntry(
                            id,
                            new Version("1.0." + number),
                            digest,
                            number % 2 == 0,
                            JsonObject.of("number", number).with("name", name),
                            new SourceRecord("file", "/srv/" + name + "-" + number + ".jar")));
        }
        return new GenerationRecord(
                number,
                Instant.parse("2026-03-01T00:00:00Z").plusSeconds(number),
                "admin",
                "cli",
                new Cause("upgrade", "greeter", "to 1.0." + number),
                plugins);
    }

    static GenerationRecord generation(long number) {
        return generation(number, new Digest("0f".repeat(32)));
    }
}

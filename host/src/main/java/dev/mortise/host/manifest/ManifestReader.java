package dev.mortise.host.manifest;

import dev.mortise.api.json.*;
import dev.mortise.host.*;
import dev.mortise.host.json.JsonCodec;
import dev.mortise.host.model.*;
import java.nio.file.*;
import java.time.Duration;
import java.util.*;

public final class ManifestReader {
    public static Result<Manifest> read(Path f) {
        try {
            JsonObject o = JsonCodec.parseObject(Files.readAllBytes(f)).orThrow();
            SortedMap<String, VersionRange> req = new TreeMap<>();
            o.object("requires")
                    .ifPresent(r ->
                            r.members().forEach((k, v) -> req.put(k, new VersionRange(((JsonString) v).value()))));
            JsonObject l = o.object("limits").orElse(JsonObject.EMPTY);
            Limits lim = new Limits(
                    Duration.ofMillis(l.integer("deadline_ms").orElse(10000)),
                    Duration.ofMillis(l.integer("load_deadline_ms").orElse(30000)),
                    Duration.ofMillis(l.integer("drain_deadline_ms").orElse(30000)),
                    (int) l.integer("concurrency").orElse(64),
                    OptionalLong.empty());
            List<String> ex = new ArrayList<>();
            o.array("exports").ifPresent(a -> a.values().forEach(v -> ex.add(((JsonString) v).value())));
            PluginId id = new PluginId(o.text("id").orElseThrow());
            return Result.ok(new Manifest(
                    id,
                    o.text("name").orElse(id.value()),
                    new Version(o.text("version").orElse("0.0.0")),
                    "",
                    Optional.empty(),
                    Optional.empty(),
                    "jvm",
                    o.text("entry_point"),
                    o.text("class_name"),
                    Map.of(),
                    req,
                    ex,
                    Permissions.NONE,
                    lim,
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    o.object("config").orElse(JsonObject.EMPTY),
                    Optional.empty(),
                    List.of(),
                    o.bool("enabled").orElse(true)));
        } catch (Exception e) {
            return Result.refused(Problem.of(ProblemCode.INVALID_MANIFEST, String.valueOf(e)));
        }
    }
}

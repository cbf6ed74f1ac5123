package dev.mortise.runtime.process.service;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.FunctionCall;
import dev.mortise.host.Mortise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real host with one plugin, for all tests of a class. */
final class ServiceHost implements BeforeAllCallback, AfterAllCallback {

    /** Writes the package. */
    @FunctionalInterface
    interface PackageWriter {
        Path in(Path folder) throws IOException;
    }

    private final PackageWriter writer;
    private Path folder = Path.of("");
    private @Nullable Mortise host;

    ServiceHost(PackageWriter writer) {
        this.writer = writer;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        folder = Files.createTempDirectory("mrt");
        Path root = writer.in(folder);
        host = Mortise.builder().start();
        running().plugins().apply(Change.install(root), Actor.EMBEDDER).orThrow();
    }

    private Mortise running() {
        return Objects.requireNonNull(host);
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        Mortise started = host;
        if (started != null) {
            started.close();
        }
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    <T> T service(Class<T> contract) {
        return running().services().get(contract);
    }

    JsonObject call(String function, JsonObject params) {
        return (JsonObject) running()
                .functions()
                .call(FunctionCall.of(function, params))
                .orThrow()
                .value();
    }

    List<String> texts(String function) {
        return call(function, JsonObject.EMPTY).array("texts").orElse(JsonArray.EMPTY).values().stream()
                .map(text -> ((JsonString) text).value())
                .toList();
    }
}

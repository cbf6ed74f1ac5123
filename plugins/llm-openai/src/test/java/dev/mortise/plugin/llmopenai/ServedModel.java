package dev.mortise.plugin.llmopenai;

import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.llm.LlmProvider;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.Mortise;
import dev.mortise.host.PackageSource;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;

/** The plugin in a real host. */
final class ServedModel implements AutoCloseable {

    private final Mortise host = Mortise.builder().start();

    /** @throws dev.mortise.host.ProblemException if the plugin does not like the configuration */
    static ServedModel with(JsonObject config) {
        ServedModel model = new ServedModel();
        try {
            Path plugin = Path.of(LlmOpenAi.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            model.host
                    .plugins()
                    .apply(
                            new Change.Install(
                                    new PackageSource.File(plugin),
                                    Optional.empty(),
                                    Optional.of(config),
                                    Optional.empty()),
                            Actor.EMBEDDER)
                    .orThrow();
            return model;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    LlmProvider provider() {
        return host.services().get(LlmProvider.class);
    }

    @Override
    public void close() {
        host.close();
    }
}

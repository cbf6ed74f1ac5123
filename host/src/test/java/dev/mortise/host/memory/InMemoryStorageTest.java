package dev.mortise.host.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.spi.HostStorageContract;
import dev.mortise.host.spi.Sha256;
import dev.mortise.host.storage.StateQuota;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class InMemoryStorageTest extends HostStorageContract {

    @Override
    protected HostStorage open(Path folder, Clock clock, StateQuota quota) {
        return new InMemoryStorage(folder.resolve("packages"), clock, quota);
    }

    @Test
    void everythingIsForgottenWhenItIsClosed() throws IOException {
        Path archive = Files.writeString(scratch().resolve("one.jar"), "a package");
        storage().artifacts().put(Sha256.of(archive), archive);
        Path stored = storage().artifacts().find(Sha256.of(archive)).orElseThrow();
        storage().state(new PluginId("greeter")).set("key", "value");

        storage().close();

        assertThat(stored).doesNotExist();
        assertThat(storage().state(new PluginId("greeter")).get("key")).isEmpty();
    }

    @Test
    void whatAnEarlierProcessLeftIsForgotten() throws IOException {
        Path archive = Files.writeString(scratch().resolve("one.jar"), "a package");
        storage().artifacts().put(Sha256.of(archive), archive);

        HostStorage next = open(scratch().resolve("data"), Clock.systemUTC(), StateQuota.DEFAULT);

        assertThat(next.artifacts().find(Sha256.of(archive))).isEmpty();
    }
}

package dev.mortise.host.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.Mortise;
import dev.mortise.host.memory.InMemoryStorage;
import dev.mortise.host.spi.InstanceRequest;
import dev.mortise.host.spi.PluginInstance;
import dev.mortise.host.spi.PluginRuntime;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostCloseTest {

    @TempDir
    Path folder;

    private final List<String> closed = new CopyOnWriteArrayList<>();

    @Test
    void aRuntimeThatCannotBeClosedKeepsNothingElseOpen() {
        FailingStorage storage = new FailingStorage(new InMemoryStorage(folder.resolve("packages"), Clock.systemUTC()));
        Mortise host = Mortise.builder()
                .runtime(new ClosingRuntime("broken"))
                .runtime(new ClosingRuntime("other"))
                .data(folder.resolve("data"))
                .storage(storage)
                .start();

        host.close();

        assertThat(closed).containsExactly("broken", "other");
        assertThat(storage.isClosed()).isTrue();
    }

    private final class ClosingRuntime implements PluginRuntime {

        private final String name;

        ClosingRuntime(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public PluginInstance open(InstanceRequest request) {
            throw new AssertionError("nobody asks for a plugin here");
        }

        @Override
        public void close() {
            closed.add(name);
            if (name.equals("broken")) {
                throw new IllegalStateException("a folder of its own cannot be deleted");
            }
        }
    }
}

package dev.mortise.runtime.process.service;

import static dev.mortise.contracts.fixture.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.ServiceException.Kind;
import dev.mortise.contracts.operations.Flag;
import dev.mortise.contracts.operations.Store;
import dev.mortise.host.ProblemException;
import dev.mortise.runtime.process.fixture.GoPeers;
import dev.mortise.runtime.process.notebook.Notebook;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** An executable and a contract are all that it takes. */
class LoadedServiceTest {

    private static long processes(String name) {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("/" + name))
                .count();
    }

    @Test
    void anExecutableThatWasMadeForMortise() {
        Path executable = GoPeers.executable("store");

        try (LoadedService<Store> store = LoadedService.load(executable, Store.class)) {
            store.get().createFlag(Flag.of("a", true));
            assertThat(store.get().flags()).extracting(Flag::key).containsExactly("a");
            assertRefused(Kind.NOT_FOUND, () -> store.get().flag("b")).isEqualTo("there is no flag b");
            assertThat(processes("store")).isEqualTo(1);
        }
        assertThat(processes("store")).isZero();
    }

    @Test
    void anExecutableThatWasMadeForAnotherHost() {
        ServiceLaunch launch = ServiceLaunch.of(GoPeers.executable("store")).withHandshake(ServiceLaunch.CONSOLE);

        try (LoadedService<Store> store = launch.load(Store.class)) {
            store.get().ping();
        }
    }

    @Test
    void aContractOfTheEmbeddersOwn() {
        ServiceLaunch launch = ServiceLaunch.of(GoPeers.executable("kv")).withAdapter(new NotebookAdapter());

        try (LoadedService<Notebook> notebook = launch.load(Notebook.class)) {
            notebook.get().write("a", "b");
            assertThat(notebook.get().read("a")).isEqualTo("b");
        }
    }

    @Test
    void whatDoesNotServeTheContractIsRefusedAndEnded() {
        Path executable = GoPeers.executable("kv");

        assertThatThrownBy(() -> LoadedService.load(executable, Store.class))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("does not serve console.plugin.v1.StoreService")
                .hasMessageContaining("mortise.interop.v1.Kv");
        assertThat(processes("kv")).isZero();
    }

    @Test
    void aRelativePathIsRefused() {
        assertThatThrownBy(() -> LoadedService.load(Path.of("store"), Store.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("relative");
    }
}

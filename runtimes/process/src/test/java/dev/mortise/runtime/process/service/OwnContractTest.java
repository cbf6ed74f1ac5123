package dev.mortise.runtime.process.service;

import static dev.mortise.contracts.fixture.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.ServiceException.Kind;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.Mortise;
import dev.mortise.host.Result;
import dev.mortise.host.spi.ServiceContract;
import dev.mortise.runtime.jvm.JvmRuntime;
import dev.mortise.runtime.process.ProcessRuntime;
import dev.mortise.runtime.process.fixture.ProcessPackage;
import dev.mortise.runtime.process.notebook.Notebook;
import dev.mortise.runtime.process.peer.JvmNotebook;
import dev.mortise.runtime.process.peer.NotebookPlugin;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A contract that no library brings, with an adapter that the embedder gives. */
class OwnContractTest {

    private static final String DECLARED = "'services':['notebook']";

    @TempDir
    Path folder;

    private static Mortise host(ProcessRuntime processes) {
        return Mortise.builder()
                .contract(new ServiceContract<>("notebook", Notebook.class))
                .runtime(new JvmRuntime())
                .runtime(processes)
                .start();
    }

    @Test
    void pluginsOfTheJvmAndOfProcessesImplementIt() throws Exception {
        List<Path> versions = List.of(
                ProcessPackage.jvm(folder, "notebook", "1.0.0", JvmNotebook.class, DECLARED),
                ProcessPackage.java(folder, "notebook", "2.0.0", NotebookPlugin.class, DECLARED),
                ProcessPackage.go(folder, "notebook", "3.0.0", "kv", DECLARED));
        try (Mortise host = host(new ProcessRuntime(List.of(new NotebookAdapter())))) {
            Notebook notebook = host.services().get(Notebook.class);
            for (Path version : versions) {
                host.plugins().apply(Change.install(version), Actor.EMBEDDER).orThrow();

                assertRefused(Kind.NOT_FOUND, () -> notebook.read("a")).isEqualTo("there is no key \"a\"");
                notebook.write("a", "from " + version.getFileName());
                assertThat(notebook.read("a")).isEqualTo("from " + version.getFileName());
            }
        }
    }

    @Test
    void aContractWithoutAnAdapterCannotBeInAProcess() throws Exception {
        Path root = ProcessPackage.go(folder, "notebook", "1.0.0", "kv", DECLARED);
        try (Mortise host = host(new ProcessRuntime())) {
            Result<?> result = host.plugins().apply(Change.install(root), Actor.EMBEDDER);

            assertThat(((Result.Refused<?>) result).problem().message())
                    .contains("'notebook'", "has no adapter", "give one to the runtime");
        }
    }
}

package dev.mortise.cli;

import dev.mortise.cli.harness.TestTerminal;
import dev.mortise.cli.serve.TestHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tests of commands against one host, which all tests of the class share. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class CommandTest {

    protected Path folder;
    protected Path catalog;
    protected TestHost host;
    protected TestTerminal terminal;

    @BeforeAll
    void startHost(@TempDir Path fresh) throws IOException {
        folder = fresh;
        catalog = Files.createDirectories(folder.resolve("catalog"));
        host = TestHost.start(folder.resolve("data"), catalog);
    }

    @BeforeEach
    void openTerminal() {
        terminal = freshTerminal();
    }

    /** One that finds the host by its data directory. */
    protected TestTerminal freshTerminal() {
        return new TestTerminal(folder).with("MORTISE_DATA", host.data().toString());
    }

    /** One that knows the host by its address only, as from another machine. */
    protected TestTerminal remoteTerminal() throws IOException {
        return new TestTerminal(folder).with("MORTISE_URL", host.url()).with("MORTISE_TOKEN", host.adminToken());
    }

    @AfterAll
    void stopHost() {
        host.close();
    }
}

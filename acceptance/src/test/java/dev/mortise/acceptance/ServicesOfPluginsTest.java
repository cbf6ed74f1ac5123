package dev.mortise.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.mortise.acceptance.contract.Interpreter;
import dev.mortise.acceptance.contract.Phrase;
import dev.mortise.api.ServiceException;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.Mortise;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.ServiceContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real jars that implement an embedder's contract. */
class ServicesOfPluginsTest {

    private static final String IMPORTS = "import dev.mortise.acceptance.contract.*; ";

    @TempDir
    Path folder;

    private Mortise host;

    @BeforeEach
    void start() {
        host = Mortise.builder()
                .contract(new ServiceContract<>("interpreter", Interpreter.class))
                .start();
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void aPluginSeesTheContractsPackageAndNothingElseOfTheHost() {
        install("1.0.0", "implements Plugin, Interpreter", """
                public String translate(Phrase phrase) { return phrase.text().toUpperCase(java.util.Locale.ROOT); }
                public String sees(String... names) {
                    StringBuilder seen = new StringBuilder();
                    for (String name : names) {
                        try {
                            Class.forName(name, false, getClass().getClassLoader());
                            seen.append(name.substring(name.lastIndexOf('.') + 1)).append(' ');
                        } catch (ClassNotFoundException | NoClassDefFoundError e) {}
                    }
                    return seen.toString().strip();
                }
                """).orThrow();
        Interpreter interpreter = host.services().get(Interpreter.class);

        assertThat(interpreter.translate(new Phrase("tea"))).isEqualTo("TEA");
        assertThat(interpreter.sees(
                        "dev.mortise.acceptance.contract.Phrase",
                        "dev.mortise.api.Plugin",
                        "dev.mortise.acceptance.ServicesOfPluginsTest",
                        "dev.mortise.host.Mortise",
                        "dev.mortise.host.spi.ServiceContract",
                        "org.junit.jupiter.api.Test"))
                .isEqualTo("Phrase Plugin");
    }

    @Test
    void aPluginThatDoesNotImplementWhatItsManifestSaysIsRefused() {
        Problem problem = refused("implements Plugin", "");

        assertThat(problem.code()).isEqualTo(ProblemCode.LOAD_FAILED);
        assertThat(problem.message())
                .contains("'interpreter'", "Speaker does not implement " + Interpreter.class.getName());
        assertThat(host.services().list()).isEmpty();
    }

    /** Its class would keep the plugin in memory, and its caller could not even name it. */
    @Test
    void anExceptionOfAClassOfThePluginsOwnComesAsThePlainOne() {
        install("1.0.0", "implements Plugin, Interpreter", """
                static class Mumbled extends ServiceException {
                    Mumbled() { super(Kind.INVALID, "say it again"); }
                }
                public String translate(Phrase phrase) { throw new Mumbled(); }
                """).orThrow();

        assertThatThrownBy(() -> host.services().get(Interpreter.class).translate(new Phrase("")))
                .asInstanceOf(type(ServiceException.class))
                .satisfies(failure -> {
                    assertThat(failure.getClass()).isEqualTo(ServiceException.class);
                    assertThat(failure.kind()).isEqualTo(ServiceException.Kind.INVALID);
                    assertThat(failure).hasMessage("say it again");
                });
    }

    @Test
    void anImplementationThatIsReplacedIsFreed() throws InterruptedException {
        Interpreter interpreter = host.services().get(Interpreter.class);
        for (int version = 1; version <= 3; version++) {
            install(version + ".0.0", "implements Plugin, Interpreter", """
                    private static final ThreadLocal<Object> LEFT = new ThreadLocal<>();
                    public String translate(Phrase phrase) { LEFT.set(this); return "%d"; }
                    """.formatted(version))
                    .orThrow();
            assertThat(interpreter.translate(new Phrase(""))).isEqualTo(Integer.toString(version));
        }

        Eventually.within(30, () -> {
            System.gc();
            assertThat(host.plugins().find(new PluginId("speaker")).orThrow().retired())
                    .isEmpty();
        });
    }

    private Result<?> install(String version, String type, String members) {
        Path jar = PluginFixture.plugin("speaker", version)
                .source(IMPORTS + "public class Speaker " + type + " { " + members + " }")
                .field("services", "[\"interpreter\"]")
                .in(folder);
        return host.plugins().apply(Change.install(jar), Actor.EMBEDDER);
    }

    private Problem refused(String type, String members) {
        return ((Result.Refused<?>) install("1.0.0", type, members)).problem();
    }
}

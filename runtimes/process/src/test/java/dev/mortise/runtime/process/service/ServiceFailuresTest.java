package dev.mortise.runtime.process.service;

import static dev.mortise.contracts.fixture.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.channel.Channel;
import dev.mortise.contracts.channel.OutgoingMessage;
import dev.mortise.contracts.llm.CompletionRequest;
import dev.mortise.contracts.llm.LlmProvider;
import dev.mortise.contracts.operations.Check;
import dev.mortise.contracts.operations.Component;
import dev.mortise.contracts.operations.Flag;
import dev.mortise.contracts.operations.HealthState;
import dev.mortise.contracts.operations.Notification;
import dev.mortise.contracts.operations.Notifier;
import dev.mortise.contracts.operations.StatusProvider;
import dev.mortise.contracts.operations.Store;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.FunctionCall;
import dev.mortise.host.HostSettings;
import dev.mortise.host.Mortise;
import dev.mortise.host.Problem;
import dev.mortise.host.Result;
import dev.mortise.runtime.process.fixture.GoPeers;
import dev.mortise.runtime.process.fixture.JavaPeers;
import dev.mortise.runtime.process.fixture.ProcessPackage;
import dev.mortise.runtime.process.peer.ContractsPlugin;
import dev.mortise.runtime.process.peer.OddPlugin;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users see when a plugin with a service does not do as it should. */
class ServiceFailuresTest {

    private static final String PROGRAM = "exec \"$MORTISE_PACKAGE_DIR/program\"";

    @TempDir
    Path folder;

    private Mortise host;

    @BeforeEach
    void start() {
        // A plugin that ends right after its installation would be taken back.
        host = Mortise.builder()
                .settings(HostSettings.DEFAULT.withProbation(Duration.ZERO))
                .start();
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private Result<?> install(Path root) {
        return host.plugins().apply(Change.install(root), Actor.EMBEDDER);
    }

    private Problem refused(Path root) {
        return ((Result.Refused<?>) install(root)).problem();
    }

    private Path odd(String name, String... fields) throws Exception {
        return ProcessPackage.write(
                folder,
                "odd",
                "1.0.0",
                JavaPeers.executable(OddPlugin.class),
                "export ODD_NAME=" + name + "\n" + PROGRAM,
                fields);
    }

    private Path store(String setting, String... fields) throws Exception {
        return ProcessPackage.write(
                folder, "store", "1.0.0", GoPeers.executable("store"), "export " + setting + "\n" + PROGRAM, fields);
    }

    @Test
    void aPluginThatDoesNotServeWhatItsManifestDeclaresIsRefused() throws Exception {
        Problem problem = refused(store("STORE_WITHOUT=service", "'services':['store']"));

        assertThat(problem.message())
                .contains("store", "'store'", "does not serve console.plugin.v1.StoreService", "none of its own");
        assertThat(host.services().list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "fail, nobody has told me",
        "throw, no name",
        "empty, empty text",
        "hang, deadline",
    })
    void aPluginThatDoesNotSayItsNameIsRefusedAndNamed(String name, String why) throws Exception {
        Problem problem = refused(odd(name, "'services':['notifier']"));

        assertThat(problem.message())
                .contains("odd", "'notifier'", "was asked for its name")
                .containsIgnoringCase(why);
        assertThat(host.services().list()).isEmpty();
    }

    @Test
    void aStoreWhoseProcessEndsIsUnavailableAndComesBack() throws Exception {
        install(store("STORE_CRASH=boom", "'services':['store']")).orThrow();
        Store store = host.services().get(Store.class);
        store.ping();

        assertRefused(Kind.UNAVAILABLE, () -> store.flag("boom")).contains("store");

        awaitUp(store::ping);
        store.createFlag(Flag.of("after", true));
        assertThat(store.flag("after").enabled()).isTrue();
    }

    /** Until the restart, every call fails at once with what has happened. */
    private static void awaitUp(Runnable call) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofMinutes(1));
        while (true) {
            try {
                call.run();
                return;
            } catch (ServiceException e) {
                assertThat(e.kind()).as(e.getMessage()).isEqualTo(Kind.UNAVAILABLE);
                assertThat(Instant.now()).as(e.getMessage()).isBefore(end);
                Thread.sleep(20);
            }
        }
    }

    @Test
    void aStatusProviderThatCannotBeAskedMakesACheckOfAnUnknownState() throws Exception {
        install(odd("odd", "'services':['status_provider']")).orThrow();
        StatusProvider provider = host.services().get(StatusProvider.class);
        Component component = Component.of("site", "Site", "odd", Map.of());

        Check whileItEnds = provider.check(component);
        Check whileItIsDown = provider.check(component);

        assertThat(List.of(whileItEnds, whileItIsDown)).allSatisfy(check -> {
            assertThat(check.component()).isEqualTo("site");
            assertThat(check.state()).isEqualTo(HealthState.UNKNOWN);
            assertThat(check.message()).contains("odd", "cannot tell");
            assertThat(check.latency()).isGreaterThanOrEqualTo(Duration.ZERO);
        });
        assertThat(provider.name()).isEqualTo("odd");
    }

    @Test
    void aCallThatTakesTooLongEndsAtTheDeadlineOnBothSides() throws Exception {
        install(odd("odd", "'services':['notifier']", "'limits':{'deadline_ms':500}"))
                .orThrow();
        Notifier notifier = host.services().get(Notifier.class);
        Notification notification = new Notification(
                Notification.COMPONENT_DOWN, "t", "m", "", "", HealthState.UNKNOWN, HealthState.DOWN, Instant.EPOCH);

        assertRefused(Kind.DEADLINE_EXCEEDED, () -> notifier.notify(notification));

        Instant end = Instant.now().plus(Duration.ofMinutes(1));
        Result<?> seen = interrupted();
        while (!(seen instanceof Result.Ok<?>) && Instant.now().isBefore(end)) {
            seen = interrupted();
        }
        assertThat(seen.orThrow()).asString().contains("true");
    }

    private Result<?> interrupted() {
        return host.functions().call(FunctionCall.of("interrupted", JsonObject.EMPTY));
    }

    @Test
    void aChannelThatWasOpenIsOpenAgainInTheNextProcess() throws Exception {
        install(ProcessPackage.java(folder, "channel", "1.0.0", ContractsPlugin.class, "'services':['channel']"))
                .orThrow();
        Channel channel = host.services().get(Channel.class);
        channel.start();

        assertThat(host.functions().call(FunctionCall.of("crash", JsonObject.EMPTY)))
                .isInstanceOf(Result.Refused.class);

        awaitUp(() -> channel.send(new OutgoingMessage("m-1", "c", "hello", Map.of())));
        assertThat(channel.isStarted()).isTrue();
    }

    @Test
    void aBugOfAnImplementationIsAFailureWithItsText() throws Exception {
        install(ProcessPackage.java(folder, "llm", "1.0.0", ContractsPlugin.class, "'services':['llm']"))
                .orThrow();
        LlmProvider provider = host.services().get(LlmProvider.class);

        assertRefused(
                        Kind.FAILED,
                        () -> provider.complete(new CompletionRequest(
                                "", List.of(new CompletionRequest.Message("user", "x")), 0, "broken")))
                .contains("as it was asked to");
    }
}

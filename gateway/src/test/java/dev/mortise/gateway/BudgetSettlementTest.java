package dev.mortise.gateway;

import static dev.mortise.gateway.ServedGateway.chat;
import static dev.mortise.gateway.ServedGateway.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.llm.ModelServer;
import dev.mortise.gateway.ServedGateway.Reply;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.FunctionCall;
import dev.mortise.host.PackageSource;
import dev.mortise.plugin.smartbudgetguard.SmartBudgetGuard;
import dev.mortise.plugin.tokencounter.TokenCounter;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The budget guard and the token counter as they are shipped, around one model: what is reserved is settled. */
@Timeout(120)
class BudgetSettlementTest {

    /** A dollar for each token, so that figures can be read. */
    private static final JsonObject PRICES =
            JsonObject.of("small", JsonObject.of("input", 1_000_000).with("output", 1_000_000));

    private static final JsonObject USAGE =
            JsonObject.of("prompt_tokens", 30).with("completion_tokens", 12).with("total_tokens", 42);
    private static final BigDecimal USED = new BigDecimal(42);
    private static final JsonObject WITH_USAGE =
            streamed("hello, what is it?").with("stream_options", JsonObject.of("include_usage", true));

    @TempDir
    Path folder;

    private ModelServer model;
    private ServedGateway served;

    @BeforeEach
    void start() throws Exception {
        model = new ModelServer();
        served = ServedGateway.in(folder).with("model", model);
        install(
                SmartBudgetGuard.class,
                JsonObject.of("prices", PRICES)
                        .with("session_budget_usd", 1_000)
                        .with("team_budget_usd", 10_000));
        install(TokenCounter.class, JsonObject.of("prices", PRICES));
    }

    @AfterEach
    void stop() throws IOException {
        served.close();
        model.close();
    }

    private void install(Class<?> plugin, JsonObject config) throws URISyntaxException {
        Path shipped = Path.of(
                plugin.getProtectionDomain().getCodeSource().getLocation().toURI());
        served.host
                .plugins()
                .apply(
                        new Change.Install(
                                new PackageSource.File(shipped),
                                Optional.empty(),
                                Optional.of(config),
                                Optional.of(true)),
                        Actor.EMBEDDER)
                .orThrow();
    }

    private JsonObject call(String function, JsonObject params) {
        return (JsonObject) served.host
                .functions()
                .call(FunctionCall.of(function, params))
                .orThrow()
                .value();
    }

    private static BigDecimal number(JsonObject json, String key) {
        return ((JsonNumber) json.get(key).orElseThrow()).value();
    }

    private BigDecimal spent() {
        return number(
                call(
                        "smart-budget-guard.spending",
                        JsonObject.of("session", "ada").with("team", "ada")),
                "session_spent_usd");
    }

    private JsonObject counted() {
        return call("token-counter.totals", JsonObject.EMPTY);
    }

    private void awaitSpent(BigDecimal expected) throws InterruptedException {
        Eventually.holds(() -> assertThat(spent()).isEqualByComparingTo(expected));
    }

    private void assertCounted(int requests) {
        assertThat(number(counted(), "requests_counted")).isEqualByComparingTo(BigDecimal.valueOf(requests));
        assertThat(number(counted(), "total_input_tokens")).isEqualByComparingTo(BigDecimal.valueOf(30L * requests));
        assertThat(number(counted(), "total_output_tokens")).isEqualByComparingTo(BigDecimal.valueOf(12L * requests));
        assertThat(number(counted(), "total_cost_usd"))
                .isEqualByComparingTo(USED.multiply(BigDecimal.valueOf(requests)));
    }

    /** Notes what is reserved while the model is asked. */
    private AtomicReference<BigDecimal> meanwhile(ModelServer.Behaviour answer) {
        AtomicReference<BigDecimal> reserved = new AtomicReference<>(BigDecimal.ZERO);
        model.does(asked -> {
            reserved.set(spent());
            answer.answer(asked);
        });
        return reserved;
    }

    @Test
    void anAnswerIsSettledByWhatTheModelSaysThatItUsed() throws Exception {
        AtomicReference<BigDecimal> reserved =
                meanwhile(asked -> asked.json(200, ModelServer.completion("hi").with("usage", USAGE)));

        assertThat(served.ask(chat("hello, what is it?")).status()).isEqualTo(200);

        awaitSpent(USED);
        assertThat(reserved.get()).isPositive().isNotEqualByComparingTo(USED);
        assertCounted(1);
        served.ask(chat("hello, what is it?"));
        awaitSpent(USED.add(USED));
        assertCounted(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStreamIsSettledByItsLastChunk(boolean held) throws Exception {
        if (held) {
            served.hook(
                    "holder",
                    "pre_flight",
                    "ctx.putMetadata(\"_hold_stream\", JsonBoolean.TRUE); return Decision.passthrough();");
        }
        AtomicReference<BigDecimal> reserved = meanwhile(asked -> asked.startStream()
                .text("one ")
                .text("two")
                .data(JsonObject.of("id", "chatcmpl-1")
                        .with("object", "chat.completion.chunk")
                        .with("created", 1)
                        .with("model", "small")
                        .with("choices", List.of())
                        .with("usage", USAGE))
                .end());

        Reply reply = served.ask(WITH_USAGE);

        assertThat(reply.streamedText()).isEqualTo("one two");
        awaitSpent(USED);
        assertThat(reserved.get()).isPositive().isNotEqualByComparingTo(USED);
        assertCounted(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRequestThatTheModelRefusesGivesItsReservationBack(boolean streamed) throws Exception {
        AtomicReference<BigDecimal> reserved =
                meanwhile(asked -> asked.json(500, ModelServer.error("out of order", "server_error")));

        assertThat(served.ask(streamed ? WITH_USAGE : chat("hello")).status()).isGreaterThanOrEqualTo(500);

        assertThat(reserved.get()).isPositive();
        awaitSpent(BigDecimal.ZERO);
        assertCounted(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRequestThatALaterHookBlocksGivesItsReservationBack(boolean streamed) throws Exception {
        served.hook("door", "routing", """
                ctx.metadata("_estimated_cost_usd").orElseThrow();
                return Decision.block(403, "not_today", "no");
                """);

        Reply reply = served.ask(streamed ? WITH_USAGE : chat("hello"));

        assertThat(reply.errorType()).isEqualTo("not_today");
        assertThat(model.received).isEmpty();
        Eventually.holds(() -> assertThat(settlements()).isOne());
        awaitSpent(BigDecimal.ZERO);
        assertCounted(0);
    }

    private long settlements() {
        return served.host.traces().recent("smart-budget-guard", 20).stream()
                .filter(trace -> trace.contribution().equals("settle"))
                .count();
    }

    @Test
    void whatTheGuardItselfRefusesIsNeitherReservedNorCounted() throws Exception {
        Reply reply = served.ask(chat("word ".repeat(10_000)));

        assertThat(reply.status()).as(reply.response().body()).isEqualTo(429);
        assertThat(reply.errorType()).isEqualTo("session_budget_exceeded");
        assertThat(spent()).isZero();
        assertCounted(0);
        assertThat(model.received).isEmpty();
    }

    @Test
    void anAnswerThatIsBlockedBehindTheModelHasBeenPaidForAllTheSame() throws Exception {
        served.hook("censor", "post_flight", "return Decision.block(422, \"bad_answer\", \"no\");");
        model.does(asked -> asked.json(200, ModelServer.completion("hi").with("usage", USAGE)));

        assertThat(served.ask(chat("hello")).status()).isEqualTo(422);

        awaitSpent(USED);
        assertCounted(1);
    }

    @Test
    void aStreamThatDoesNotSayCostsWhatItHoldsAtLeast() throws Exception {
        AtomicReference<BigDecimal> reserved = meanwhile(ModelServer.streaming("word".repeat(100), "word".repeat(100)));

        served.ask(streamed("hello"));

        // Seven tokens of the prompt and two hundred of the answer.
        awaitSpent(new BigDecimal(207));
        assertThat(reserved.get()).isLessThan(new BigDecimal(20));
        assertCounted(0);
    }

    @Test
    void aStreamThatBreaksOffKeepsItsEstimate() throws Exception {
        AtomicReference<BigDecimal> reserved =
                meanwhile(asked -> asked.startStream().text("one "));

        served.ask(WITH_USAGE);

        Eventually.holds(() ->
                assertThat(served.host.traces().recent("token-counter", 20)).isNotEmpty());
        assertThat(spent()).isPositive().isEqualByComparingTo(reserved.get());
        assertCounted(0);
    }
}

package dev.mortise.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.WebhookReply;
import dev.mortise.api.WebhookRequest;
import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.ChangeOutcome;
import dev.mortise.host.Mortise;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.WebhookCall;
import dev.mortise.host.WebhookResult;
import dev.mortise.host.json.JsonCodec;
import dev.mortise.runtime.process.fixture.ProcessPackage;
import dev.mortise.runtime.process.peer.DoorbellPlugin;
import dev.mortise.runtime.process.peer.GreeterPlugin;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes that receive webhooks, the same one in each language. */
@ParameterizedClass
@EnumSource
@Timeout(300)
class WebhookPluginsTest {

    private static final String SECRET = "correct horse";
    private static final String PREFIX =
            "'webhook_prefix':'bell','limits':{'deadline_ms':60000},'config':{'secret':'" + SECRET + "'}";

    enum Language {
        JAVA,
        GO,
        PYTHON
    }

    @Parameter
    Language language = Language.JAVA;

    @TempDir
    Path folder;

    private final Mortise host = Mortise.builder().start();

    @AfterEach
    void stop() {
        host.close();
    }

    private Path packed(String version, String... fields) throws Exception {
        return switch (language) {
            case JAVA -> ProcessPackage.java(folder, "doorbell", version, DoorbellPlugin.class, fields);
            case GO -> ProcessPackage.go(folder, "doorbell", version, "doorbell", fields);
            case PYTHON -> ProcessPackage.python(folder, "doorbell", version, "doorbell.py", fields);
        };
    }

    private Result<ChangeOutcome> install(Path archive) {
        return host.plugins().apply(Change.install(archive), Actor.EMBEDDER);
    }

    private Result<WebhookResult> send(String path, String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signature = HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        return host.webhooks()
                .receive(WebhookCall.of(
                        "bell",
                        WebhookRequest.post(path, body)
                                .withHeader("X-Signature", signature)
                                .withQuery("a=1")));
    }

    private static JsonObject json(WebhookReply reply) {
        return JsonCodec.STANDARD.parseObject(reply.text()).orThrow();
    }

    @Test
    void whatIsSignedIsReceivedAndWhatIsNotIsNot() throws Exception {
        install(packed("1.0.0", PREFIX)).orThrow();

        WebhookReply reply = send("/rings", "{}").orThrow().reply();
        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.header("Content-Type")).contains("application/json");
        assertThat(json(reply)).isEqualTo(JsonObject.of("rings", 1).with("query", "a=1"));
        assertThat(send("/elsewhere", "").orThrow().reply().status()).isEqualTo(404);

        WebhookRequest unsigned = WebhookRequest.post("/rings", "{}");
        for (WebhookRequest request : List.of(unsigned, unsigned.withHeader("X-Signature", "00"))) {
            assertThat(host.webhooks()
                            .receive(WebhookCall.of("bell", request))
                            .orThrow()
                            .reply()
                            .status())
                    .isEqualTo(401);
        }

        Problem broken = ((Result.Refused<WebhookResult>) send("/broken", "")).problem();
        assertThat(broken.code()).isEqualTo(ProblemCode.PLUGIN_FAULT);
        assertThat(broken.message()).contains("webhook '/bell' of plugin 'doorbell'", "the bell is broken");
    }

    @Test
    void theLargestBodyArrives() throws Exception {
        install(packed("1.0.0", PREFIX)).orThrow();

        assertThat(send("/rings", "x".repeat(WebhookRequest.LARGEST_BODY))
                        .orThrow()
                        .reply()
                        .status())
                .isEqualTo(202);
    }

    @Test
    void itNeedsAPrefix() throws Exception {
        Result<ChangeOutcome> result = install(packed("1.0.0", "'config':{'secret':'x'}"));

        assertThat(((Result.Refused<ChangeOutcome>) result).problem().message())
                .contains("doorbell 1.0.0 cannot be loaded", "add a 'webhook_prefix'");
    }

    @Test
    void noRequestFailsWhileProcessesAreSwapped() throws Exception {
        install(packed("1.0.0", PREFIX)).orThrow();
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> sent = IntStream.range(0, 4)
                    .mapToObj(_ -> senders.submit(() -> {
                        int count = 0;
                        while (!over.get()) {
                            assertThat(send("/rings", "{}").orThrow().reply().status())
                                    .isEqualTo(202);
                            count++;
                        }
                        return count;
                    }))
                    .toList();
            for (int swap = 1; swap <= 3; swap++) {
                install(packed("1.0." + swap, PREFIX)).orThrow();
            }
            over.set(true);
            long all = 0;
            for (Future<Integer> one : sent) {
                all += one.get();
            }
            assertThat(json(send("/rings", "{}").orThrow().reply()).integer("rings"))
                    .hasValue(all + 1);
        }
    }

    @Test
    void aProgramThatReceivesNothingHasNoPrefix() throws Exception {
        Path greeter = ProcessPackage.java(folder, "greeter", "1.0.0", GreeterPlugin.class, "'webhook_prefix':'hello'");

        assertThat(((Result.Refused<ChangeOutcome>) install(greeter)).problem().message())
                .contains("the webhook_prefix 'hello'", "its runtime 'process'");
    }
}

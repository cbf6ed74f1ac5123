package dev.mortise.contracts.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LlmCallTest {

    private final LlmCall call = LlmCall.start("trace", Instant.EPOCH, Duration.ofSeconds(30));

    @Test
    void whatIsToBeDoneOnCancellationIsDoneOnceAndAlsoWhenItComesLate() throws InterruptedException {
        CountDownLatch early = new CountDownLatch(1);
        CountDownLatch late = new CountDownLatch(1);
        call.onCancel(early::countDown);

        call.cancel();
        call.cancel();
        call.onCancel(late::countDown);

        assertThat(call.isCancelled()).isTrue();
        assertThat(early.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(late.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aProviderThatHangsOnCancellationHoldsNobodyUp() throws InterruptedException {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch other = new CountDownLatch(1);
        call.onCancel(() -> await(hanging));
        call.onCancel(() -> {
            throw new IllegalStateException("odd");
        });
        call.onCancel(other::countDown);

        call.cancel();

        assertThat(other.await(10, TimeUnit.SECONDS)).isTrue();
        hanging.countDown();
    }

    @Test
    void anUnchangedRequestKeepsItsWriting() {
        JsonObject request = JsonObject.of("model", "m");
        byte[] written = "{ \"model\" : \"m\" }".getBytes(StandardCharsets.UTF_8);
        LlmCall sent = LlmCall.start("trace", Instant.EPOCH, Duration.ofSeconds(30), request, written);

        assertThat(sent.text(request)).isSameAs(written);
        assertThat(sent.text(request.with("n", 1))).asString().isEqualTo("{\"model\":\"m\",\"n\":1}");
        assertThat(call.text(request)).asString().isEqualTo("{\"model\":\"m\"}");
    }

    @Test
    void aDeadlineThatHasPassedLeavesNothing() {
        assertThat(LlmCall.start("trace", Instant.EPOCH, Duration.ZERO).remaining())
                .isZero();
        assertThat(call.remaining()).isPositive();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

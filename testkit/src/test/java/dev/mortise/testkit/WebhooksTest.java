package dev.mortise.testkit;

import static dev.mortise.testkit.Json.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mortise.api.WebhookReply;
import dev.mortise.api.WebhookRequest;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.testkit.doorbell.Doorbell;
import dev.mortise.testkit.turnstile.Turnstile;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

@PluginTest(value = Doorbell.class, config = "{\"secret\": \"correct horse\"}")
class WebhooksTest {

    private static WebhookRequest signed(String path, String body) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("correct horse".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signature = HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        return WebhookRequest.post(path, body).withHeader("X-Signature", signature);
    }

    @Test
    void receivesWhatIsSigned(PluginUnderTest plugin) throws Exception {
        WebhookReply reply = plugin.send(signed("/rings", "{}"));

        assertThat(reply.status()).isEqualTo(202);
        assertThat(json(reply.text())).isEqualTo(json("{\"rings\":1}"));
        assertThat(plugin.state().get("rings")).contains("1");
    }

    @Test
    void refusesWhatIsNot(PluginUnderTest plugin) {
        assertThat(plugin.send(WebhookRequest.post("/rings", "{}")).status()).isEqualTo(401);
        assertThat(plugin.state().get("rings")).isEmpty();
    }

    @Test
    void aFaultIsToldInTheHostsWords(PluginUnderTest plugin) throws Exception {
        Problem problem = plugin.fail(signed("/broken", ""));

        assertThat(problem.code()).isEqualTo(ProblemCode.PLUGIN_FAULT);
        assertThat(problem.message()).contains("the bell is broken");
        WebhookRequest again = signed("/broken", "");
        assertThatExceptionOfType(RefusedCall.class)
                .isThrownBy(() -> plugin.send(again))
                .withMessageContaining("POST /broken");
    }

    @Test
    void aHeaderWithALineBreakIsAFault(PluginUnderTest plugin) throws Exception {
        assertThat(plugin.fail(signed("/header", "a\r\nSet-Cookie: b=c")).message())
                .contains("the header X-Note");
    }

    @Test
    @PluginTest(Turnstile.class)
    void aPluginWithoutAPrefixReceivesNothing(PluginUnderTest plugin) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> plugin.send(WebhookRequest.get("/")))
                .withMessageContaining("has no webhook_prefix");
    }
}

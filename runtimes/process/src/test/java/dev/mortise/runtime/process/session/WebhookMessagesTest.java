package dev.mortise.runtime.process.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.mortise.api.WebhookReply;
import dev.mortise.plugin.v1.Header;
import dev.mortise.plugin.v1.ReceiveWebhookResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a process may answer to a webhook, and what it may not. */
class WebhookMessagesTest {

    static Stream<ReceiveWebhookResponse> impossible() {
        return Stream.of(
                ReceiveWebhookResponse.getDefaultInstance(),
                ReceiveWebhookResponse.newBuilder().setStatus(101).build(),
                with("X-Note", "a\r\nSet-Cookie: b"),
                with("X-Note\r\nX-Other", "a"),
                with("Transfer-Encoding", "chunked"),
                with("Content-Length", "0"),
                with("Set-Cookie", "a=b"),
                ReceiveWebhookResponse.newBuilder()
                        .setStatus(204)
                        .setBody(ByteString.copyFromUtf8("x"))
                        .build(),
                ReceiveWebhookResponse.newBuilder()
                        .setStatus(200)
                        .setBody(ByteString.copyFrom(new byte[WebhookReply.LARGEST_BODY + 1]))
                        .build());
    }

    private static ReceiveWebhookResponse with(String name, String value) {
        return ReceiveWebhookResponse.newBuilder()
                .setStatus(200)
                .addHeaders(Header.newBuilder().setName(name).setValue(value))
                .build();
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void aReplyThatCannotBeSentIsAFault(ReceiveWebhookResponse message) {
        assertThatThrownBy(() -> WebhookMessages.reply(message))
                .isInstanceOf(PluginFault.class)
                .hasMessageContaining("its webhook's reply cannot be sent");
    }

    @Test
    void aReplyKeepsItsHeadersInTheirOrder() throws Exception {
        WebhookReply reply = WebhookMessages.reply(with("X-One", "1").toBuilder()
                .addHeaders(Header.newBuilder().setName("x-one").setValue("2"))
                .build());

        assertThat(reply.headers().all("X-ONE")).containsExactly("1", "2");
    }
}

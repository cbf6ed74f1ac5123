package dev.mortise.runtime.process.sdk;

import com.google.protobuf.ByteString;
import dev.mortise.api.WebhookHeaders;
import dev.mortise.api.WebhookReply;
import dev.mortise.api.WebhookRequest;
import dev.mortise.plugin.v1.Header;
import dev.mortise.plugin.v1.ReceiveWebhookRequest;
import dev.mortise.plugin.v1.ReceiveWebhookResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Requests and replies of webhooks as the host sends and takes them. */
final class WebhookMessages {

    private WebhookMessages() {}

    static WebhookRequest request(ReceiveWebhookRequest message) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (Header header : message.getHeadersList()) {
            headers.computeIfAbsent(header.getName(), unused -> new ArrayList<>())
                    .add(header.getValue());
        }
        return new WebhookRequest(
                message.getMethod(),
                message.getPath(),
                message.getQuery(),
                WebhookHeaders.of(headers),
                message.getBody().toByteArray(),
                message.getRemoteAddress());
    }

    static ReceiveWebhookResponse response(WebhookReply reply) {
        ReceiveWebhookResponse.Builder message = ReceiveWebhookResponse.newBuilder()
                .setStatus(reply.status())
                .setBody(ByteString.copyFrom(reply.body()));
        reply.headers()
                .asMap()
                .forEach((name, values) -> values.forEach(
                        value -> message.addHeadersBuilder().setName(name).setValue(value)));
        return message.build();
    }
}

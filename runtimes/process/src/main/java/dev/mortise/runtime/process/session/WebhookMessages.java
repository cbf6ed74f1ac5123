package dev.mortise.runtime.process.session;

import com.google.protobuf.ByteString;
import dev.mortise.api.CallInfo;
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

/** Requests and replies of webhooks on their way to a plugin and back. */
final class WebhookMessages {

    private WebhookMessages() {}

    /** @param callId by which the plugin's own calls are found to be a part of this one */
    static ReceiveWebhookRequest request(WebhookRequest request, CallInfo info, long callId) {
        ReceiveWebhookRequest.Builder message = ReceiveWebhookRequest.newBuilder()
                .setMethod(request.method())
                .setPath(request.path())
                .setQuery(request.query())
                .setBody(ByteString.copyFrom(request.body()))
                .setRemoteAddress(request.remoteAddress())
                .setCaller(info.caller())
                .setTraceId(info.traceId())
                .setCallId(callId);
        request.headers()
                .asMap()
                .forEach((name, values) -> values.forEach(
                        value -> message.addHeadersBuilder().setName(name).setValue(value)));
        return message.build();
    }

    /** @throws PluginFault if it is none that a webhook may give */
    static WebhookReply reply(ReceiveWebhookResponse message) throws PluginFault {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (Header header : message.getHeadersList()) {
            headers.computeIfAbsent(header.getName(), unused -> new ArrayList<>())
                    .add(header.getValue());
        }
        try {
            return new WebhookReply(
                    message.getStatus(),
                    WebhookHeaders.of(headers),
                    message.getBody().toByteArray());
        } catch (IllegalArgumentException e) {
            throw new PluginFault("its webhook's reply cannot be sent: " + e.getMessage());
        }
    }
}

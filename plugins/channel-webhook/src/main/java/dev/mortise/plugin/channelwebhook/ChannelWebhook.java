package dev.mortise.plugin.channelwebhook;

import dev.mortise.api.CallInfo;
import dev.mortise.api.Every;
import dev.mortise.api.PluginContext;
import dev.mortise.api.Webhook;
import dev.mortise.api.WebhookReply;
import dev.mortise.api.WebhookRequest;
import dev.mortise.contracts.channel.Channel;
import dev.mortise.contracts.channel.IncomingMessage;
import dev.mortise.contracts.channel.OutgoingMessage;
import dev.mortise.contracts.channel.Receipt;
import dev.mortise.plugin.webhook.HookClient;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The channel as a plugin. */
@SuppressWarnings("NullAway.Init") // Set by onLoad, before anything is asked.
public final class ChannelWebhook implements Webhook, Channel {

    private WebhookChannel channel;
    private HookReceiver receiver;

    @Override
    public void onLoad(PluginContext context) {
        Settings settings = context.config().as(Settings.class);
        HookClient client = context.closeOnUnload(HookClient.open(context.executor(), context.clock()));
        Optional<Outbox> outbox = settings.target()
                .map(target -> new Outbox(
                        context.state(),
                        context.clock(),
                        client,
                        target,
                        new Outbox.Bounds(settings.maxWaiting(), settings.maxBytes())));
        Optional<SenderCheck> check = settings.senderCheck();
        Inbox inbox = new Inbox(context.state(), context.clock(), settings.maxWaiting());
        channel = new WebhookChannel(context.state(), inbox, outbox, check.isPresent());
        receiver = new HookReceiver(inbox, check, channel::isStarted, settings.maxBytes(), context.clock());
    }

    @Override
    public WebhookReply receive(WebhookRequest request, CallInfo call) {
        return receiver.receive(request);
    }

    /** Posts again what nobody has taken. */
    @Every(value = "${retry_every}", name = "post_again")
    public void postAgain() {
        channel.flush();
    }

    @Override
    public String name() {
        return channel.name();
    }

    @Override
    public void start() {
        channel.start();
    }

    @Override
    public void stop() {
        channel.stop();
    }

    @Override
    public boolean isStarted() {
        return channel.isStarted();
    }

    @Override
    public List<IncomingMessage> receive(int max, Duration wait) {
        return channel.receive(max, wait);
    }

    @Override
    public void acknowledge(Collection<String> ids) {
        channel.acknowledge(ids);
    }

    @Override
    public Receipt send(OutgoingMessage message) {
        return channel.send(message);
    }

    @Override
    public Receipt receipt(String messageId) {
        return channel.receipt(messageId);
    }
}

package dev.mortise.plugin.channelwebhook;

import dev.mortise.api.Every;
import dev.mortise.api.Plugin;
import dev.mortise.api.PluginContext;
import dev.mortise.api.Rpc;
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
public final class ChannelWebhook implements Plugin, Channel {

    private WebhookChannel channel;

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
        channel = context.closeOnUnload(new WebhookChannel(
                context.state(),
                new Inbox(context.state(), context.clock(), settings.maxWaiting()),
                outbox,
                settings.door(),
                context.executor(),
                context.clock()));
        channel.resume();
    }

    /** @param port 0 while it does not listen */
    public record Listening(int port) {}

    /** For operators who let the system choose the port. */
    @Rpc(description = "The port at which messages come in")
    public Listening listening() {
        return new Listening(channel.port().orElse(0));
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

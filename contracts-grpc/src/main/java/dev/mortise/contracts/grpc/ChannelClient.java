package dev.mortise.contracts.grpc;

import dev.mortise.contracts.channel.Channel;
import dev.mortise.contracts.channel.IncomingMessage;
import dev.mortise.contracts.channel.OutgoingMessage;
import dev.mortise.contracts.channel.Receipt;
import dev.mortise.contracts.grpc.channel.ChannelGrpc;
import dev.mortise.contracts.grpc.channel.ChannelMessages;
import dev.mortise.runtime.process.wire.service.ServiceChannel;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** A channel that a plugin serves. */
final class ChannelClient implements Channel {

    private final ServiceChannel channel;
    private final String name;

    private ChannelClient(ServiceChannel channel, String name) {
        this.channel = channel;
        this.name = name;
    }

    static ChannelClient of(ServiceChannel channel) {
        return new ChannelClient(
                channel,
                PluginName.ask(
                        channel,
                        ChannelGrpc.getNameMethod(),
                        ChannelMessages.NameRequest.getDefaultInstance(),
                        ChannelMessages.NameResponse::getName));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() {
        ChannelMessages.StartResponse unused =
                channel.call(ChannelGrpc.getStartMethod(), ChannelMessages.StartRequest.getDefaultInstance());
    }

    @Override
    public void stop() {
        ChannelMessages.StopResponse unused =
                channel.call(ChannelGrpc.getStopMethod(), ChannelMessages.StopRequest.getDefaultInstance());
    }

    @Override
    public boolean isStarted() {
        return channel.call(ChannelGrpc.getIsStartedMethod(), ChannelMessages.IsStartedRequest.getDefaultInstance())
                .getStarted();
    }

    @Override
    public List<IncomingMessage> receive(int max, Duration wait) {
        return channel
                .call(
                        ChannelGrpc.getReceiveMethod(),
                        ChannelMessages.ReceiveRequest.newBuilder()
                                .setMax(max)
                                .setWaitNanos(UnixNanos.of(withinTheDeadline(wait)))
                                .build())
                .getMessagesList()
                .stream()
                .map(ChannelTranslation::incoming)
                .toList();
    }

    /** So that having waited for nothing is no failure: the answer must still travel. */
    private Duration withinTheDeadline(Duration wait) {
        Duration most = channel.timeout().multipliedBy(4).dividedBy(5);
        return wait.compareTo(most) > 0 ? most : wait;
    }

    @Override
    public void acknowledge(Collection<String> ids) {
        ChannelMessages.AcknowledgeResponse unused = channel.call(
                ChannelGrpc.getAcknowledgeMethod(),
                ChannelMessages.AcknowledgeRequest.newBuilder().addAllIds(ids).build());
    }

    @Override
    public Receipt send(OutgoingMessage message) {
        return ChannelTranslation.receipt(channel.call(
                        ChannelGrpc.getSendMethod(),
                        ChannelMessages.SendRequest.newBuilder()
                                .setMessage(ChannelTranslation.message(message))
                                .build())
                .getReceipt());
    }

    @Override
    public Receipt receipt(String messageId) {
        return ChannelTranslation.receipt(channel.call(
                        ChannelGrpc.getReceiptMethod(),
                        ChannelMessages.ReceiptRequest.newBuilder()
                                .setMessageId(messageId)
                                .build())
                .getReceipt());
    }
}

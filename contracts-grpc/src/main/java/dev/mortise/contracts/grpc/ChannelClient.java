package dev.mortise.contracts.grpc;

import dev.mortise.api.ServiceException;
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

/** A channel that a plugin serves. One that was opened is opened again in a process that has taken the place of another. */
final class ChannelClient implements Channel {

    private final ServiceChannel channel;
    private final String name;
    private boolean opened;

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
    public synchronized void start() {
        open();
        opened = true;
    }

    private void open() {
        ChannelMessages.StartResponse unused =
                channel.call(ChannelGrpc.getStartMethod(), ChannelMessages.StartRequest.getDefaultInstance());
    }

    @Override
    public synchronized void stop() {
        opened = false;
        ChannelMessages.StopResponse unused =
                channel.call(ChannelGrpc.getStopMethod(), ChannelMessages.StopRequest.getDefaultInstance());
    }

    @Override
    public boolean isStarted() {
        return isOpenThere() || isOpenAgain();
    }

    private boolean isOpenThere() {
        return channel.call(ChannelGrpc.getIsStartedMethod(), ChannelMessages.IsStartedRequest.getDefaultInstance())
                .getStarted();
    }

    /** Whether it had to be opened, and was. */
    private synchronized boolean isOpenAgain() {
        if (!opened || isOpenThere()) {
            return opened;
        }
        open();
        return true;
    }

    @Override
    public List<IncomingMessage> receive(int max, Duration wait) {
        boolean unused = isStarted();
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

    /** Sending twice is safe, because the plugin knows the message by its id. */
    @Override
    public Receipt send(OutgoingMessage message) {
        try {
            return sendOnce(message);
        } catch (ServiceException e) {
            if (e.kind() == ServiceException.Kind.UNAVAILABLE && !isOpenThere() && isOpenAgain()) {
                return sendOnce(message);
            }
            throw e;
        }
    }

    private Receipt sendOnce(OutgoingMessage message) {
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

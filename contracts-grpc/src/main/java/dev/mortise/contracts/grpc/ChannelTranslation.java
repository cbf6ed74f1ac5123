package dev.mortise.contracts.grpc;

import dev.mortise.contracts.channel.IncomingMessage;
import dev.mortise.contracts.channel.OutgoingMessage;
import dev.mortise.contracts.channel.Receipt;
import dev.mortise.contracts.grpc.channel.ChannelMessages;
import dev.mortise.contracts.grpc.channel.ChannelMessages.MessageReceipt;

/** What goes through a channel, as messages and back. */
final class ChannelTranslation {

    private ChannelTranslation() {}

    static ChannelMessages.IncomingMessage message(IncomingMessage incoming) {
        return ChannelMessages.IncomingMessage.newBuilder()
                .setId(incoming.id())
                .setConversation(incoming.conversation())
                .setSender(incoming.sender())
                .setText(incoming.text())
                .putAllAttributes(incoming.attributes())
                .setAtUnixNano(UnixNanos.of(incoming.at()))
                .build();
    }

    static IncomingMessage incoming(ChannelMessages.IncomingMessage message) {
        return new IncomingMessage(
                message.getId(),
                message.getConversation(),
                message.getSender(),
                message.getText(),
                message.getAttributesMap(),
                UnixNanos.instant(message.getAtUnixNano()));
    }

    static ChannelMessages.OutgoingMessage message(OutgoingMessage outgoing) {
        return ChannelMessages.OutgoingMessage.newBuilder()
                .setId(outgoing.id())
                .setConversation(outgoing.conversation())
                .setText(outgoing.text())
                .putAllAttributes(outgoing.attributes())
                .build();
    }

    static OutgoingMessage outgoing(ChannelMessages.OutgoingMessage message) {
        return new OutgoingMessage(
                message.getId(), message.getConversation(), message.getText(), message.getAttributesMap());
    }

    static MessageReceipt message(Receipt receipt) {
        MessageReceipt.State state = switch (receipt.state()) {
            case ACCEPTED -> MessageReceipt.State.ACCEPTED;
            case DELIVERED -> MessageReceipt.State.DELIVERED;
            case FAILED -> MessageReceipt.State.FAILED;
        };
        return MessageReceipt.newBuilder()
                .setMessageId(receipt.messageId())
                .setState(state)
                .setDetail(receipt.detail())
                .setAtUnixNano(UnixNanos.of(receipt.at()))
                .build();
    }

    /** A state that a later version of the protocol has is one of those in which the message is on its way. */
    static Receipt receipt(MessageReceipt message) {
        Receipt.State state = switch (message.getState()) {
            case DELIVERED -> Receipt.State.DELIVERED;
            case FAILED -> Receipt.State.FAILED;
            case ACCEPTED, STATE_UNSPECIFIED, UNRECOGNIZED -> Receipt.State.ACCEPTED;
        };
        return new Receipt(
                message.getMessageId(), state, message.getDetail(), UnixNanos.instant(message.getAtUnixNano()));
    }
}

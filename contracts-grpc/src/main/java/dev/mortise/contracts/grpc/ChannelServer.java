package dev.mortise.contracts.grpc;

import dev.mortise.contracts.channel.Channel;
import dev.mortise.contracts.grpc.channel.ChannelGrpc;
import dev.mortise.contracts.grpc.channel.ChannelMessages;
import dev.mortise.runtime.process.wire.service.ServiceAnswer;
import io.grpc.stub.StreamObserver;
import java.time.Duration;

/** Serves a channel. */
final class ChannelServer extends ChannelGrpc.ChannelImplBase {

    private final Channel channel;

    ChannelServer(Channel channel) {
        this.channel = channel;
    }

    @Override
    public void name(ChannelMessages.NameRequest request, StreamObserver<ChannelMessages.NameResponse> caller) {
        ServiceAnswer.respond(
                caller,
                () -> ChannelMessages.NameResponse.newBuilder()
                        .setName(channel.name())
                        .build());
    }

    @Override
    public void start(ChannelMessages.StartRequest request, StreamObserver<ChannelMessages.StartResponse> caller) {
        ServiceAnswer.done(caller, ChannelMessages.StartResponse.getDefaultInstance(), channel::start);
    }

    @Override
    public void stop(ChannelMessages.StopRequest request, StreamObserver<ChannelMessages.StopResponse> caller) {
        ServiceAnswer.done(caller, ChannelMessages.StopResponse.getDefaultInstance(), channel::stop);
    }

    @Override
    public void isStarted(
            ChannelMessages.IsStartedRequest request, StreamObserver<ChannelMessages.IsStartedResponse> caller) {
        ServiceAnswer.respond(
                caller,
                () -> ChannelMessages.IsStartedResponse.newBuilder()
                        .setStarted(channel.isStarted())
                        .build());
    }

    @Override
    public void receive(
            ChannelMessages.ReceiveRequest request, StreamObserver<ChannelMessages.ReceiveResponse> caller) {
        ServiceAnswer.respond(
                caller,
                () -> ChannelMessages.ReceiveResponse.newBuilder()
                        .addAllMessages(
                                channel.receive(request.getMax(), Duration.ofNanos(request.getWaitNanos())).stream()
                                        .map(ChannelTranslation::message)
                                        .toList())
                        .build());
    }

    @Override
    public void acknowledge(
            ChannelMessages.AcknowledgeRequest request, StreamObserver<ChannelMessages.AcknowledgeResponse> caller) {
        ServiceAnswer.done(
                caller,
                ChannelMessages.AcknowledgeResponse.getDefaultInstance(),
                () -> channel.acknowledge(request.getIdsList()));
    }

    @Override
    public void send(ChannelMessages.SendRequest request, StreamObserver<ChannelMessages.SendResponse> caller) {
        ServiceAnswer.respond(
                caller,
                () -> ChannelMessages.SendResponse.newBuilder()
                        .setReceipt(ChannelTranslation.message(
                                channel.send(ChannelTranslation.outgoing(request.getMessage()))))
                        .build());
    }

    @Override
    public void receipt(
            ChannelMessages.ReceiptRequest request, StreamObserver<ChannelMessages.ReceiptResponse> caller) {
        ServiceAnswer.respond(
                caller,
                () -> ChannelMessages.ReceiptResponse.newBuilder()
                        .setReceipt(ChannelTranslation.message(channel.receipt(request.getMessageId())))
                        .build());
    }
}

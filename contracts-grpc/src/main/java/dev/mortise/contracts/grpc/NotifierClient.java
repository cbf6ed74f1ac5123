package dev.mortise.contracts.grpc;

import dev.mortise.contracts.grpc.console.NotifierMessages;
import dev.mortise.contracts.grpc.console.NotifierServiceGrpc;
import dev.mortise.contracts.operations.Notification;
import dev.mortise.contracts.operations.Notifier;
import dev.mortise.runtime.process.wire.service.ServiceChannel;

/** A notifier that a plugin serves. */
record NotifierClient(ServiceChannel channel, String name) implements Notifier {

    static NotifierClient of(ServiceChannel channel) {
        return new NotifierClient(
                channel,
                PluginName.ask(
                        channel,
                        NotifierServiceGrpc.getNameMethod(),
                        NotifierMessages.NotifyEmpty.getDefaultInstance(),
                        NotifierMessages.NotifierName::getName));
    }

    @Override
    public void notify(Notification notification) {
        NotifierMessages.NotifyEmpty unused = channel.call(
                NotifierServiceGrpc.getNotifyMethod(),
                NotifierMessages.Event.newBuilder()
                        .setType(notification.type())
                        .setTitle(notification.title())
                        .setMessage(notification.message())
                        .setComponent(notification.component())
                        .setFlag(notification.flag())
                        .setFrom(notification.from().number())
                        .setTo(notification.to().number())
                        .setAtUnixNano(UnixNanos.of(notification.at()))
                        .build());
    }
}

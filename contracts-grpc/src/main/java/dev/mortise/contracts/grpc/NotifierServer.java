package dev.mortise.contracts.grpc;

import dev.mortise.contracts.grpc.console.NotifierMessages;
import dev.mortise.contracts.grpc.console.NotifierServiceGrpc;
import dev.mortise.contracts.operations.HealthState;
import dev.mortise.contracts.operations.Notification;
import dev.mortise.contracts.operations.Notifier;
import dev.mortise.runtime.process.wire.service.ServiceAnswer;
import io.grpc.stub.StreamObserver;

/** Serves a notifier. */
final class NotifierServer extends NotifierServiceGrpc.NotifierServiceImplBase {

    private final Notifier notifier;

    NotifierServer(Notifier notifier) {
        this.notifier = notifier;
    }

    @Override
    public void name(NotifierMessages.NotifyEmpty request, StreamObserver<NotifierMessages.NotifierName> caller) {
        ServiceAnswer.respond(
                caller,
                () -> NotifierMessages.NotifierName.newBuilder()
                        .setName(notifier.name())
                        .build());
    }

    @Override
    public void notify(NotifierMessages.Event event, StreamObserver<NotifierMessages.NotifyEmpty> caller) {
        ServiceAnswer.done(
                caller,
                NotifierMessages.NotifyEmpty.getDefaultInstance(),
                () -> notifier.notify(new Notification(
                        event.getType(),
                        event.getTitle(),
                        event.getMessage(),
                        event.getComponent(),
                        event.getFlag(),
                        HealthState.ofNumber(event.getFrom()),
                        HealthState.ofNumber(event.getTo()),
                        UnixNanos.instant(event.getAtUnixNano()))));
    }
}

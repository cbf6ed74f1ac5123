package dev.mortise.runtime.process.session;

import dev.mortise.host.spi.PluginServices;
import dev.mortise.plugin.v1.Event;
import dev.mortise.plugin.v1.EventsRequest;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.lang.System.Logger.Level;
import java.util.Set;

/** Passes on the events that a plugin emits, one at a time, if it has declared them. */
final class EmittedEvents implements ClientResponseObserver<EventsRequest, Event> {

    private final Set<String> declared;
    private final PluginServices services;
    private Runnable next = () -> {};

    EmittedEvents(Set<String> declared, PluginServices services) {
        this.declared = declared;
        this.services = services;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<EventsRequest> stream) {
        stream.disableAutoRequestWithInitial(1);
        next = () -> stream.request(1);
    }

    @Override
    public void onNext(Event event) {
        try {
            if (declared.contains(event.getName())) {
                services.emit(
                        event.getName(), PluginJson.object(event.getPayload(), "the payload of " + event.getName()));
            } else {
                warn("the event " + event.getName() + " is left out: the plugin has not declared it in Describe");
            }
        } catch (PluginFault e) {
            warn("an event is left out: " + e.getMessage());
        }
        next.run();
    }

    @Override
    public void onError(Throwable cause) {
        Status status = Status.fromThrowable(cause);
        if (status.getCode() != Status.Code.UNAVAILABLE && status.getCode() != Status.Code.CANCELLED) {
            warn("the plugin's events are lost from here on: " + status);
        }
    }

    @Override
    public void onCompleted() {
        // It emits nothing more.
    }

    private void warn(String message) {
        services.logger().log(Level.WARNING, message);
    }
}

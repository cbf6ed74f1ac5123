package dev.mortise.contracts.grpc;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import dev.mortise.contracts.grpc.console.StatusMessages;
import dev.mortise.contracts.grpc.console.StatusProviderServiceGrpc;
import dev.mortise.contracts.operations.Check;
import dev.mortise.contracts.operations.Component;
import dev.mortise.contracts.operations.HealthState;
import dev.mortise.contracts.operations.StatusProvider;
import dev.mortise.runtime.process.wire.service.ServiceChannel;
import java.time.Duration;
import java.time.Instant;

/** A provider of status that a plugin serves. */
record StatusProviderClient(ServiceChannel channel, String name) implements StatusProvider {

    static StatusProviderClient of(ServiceChannel channel) {
        return new StatusProviderClient(
                channel,
                PluginName.ask(
                        channel,
                        StatusProviderServiceGrpc.getNameMethod(),
                        StatusMessages.StatusEmpty.getDefaultInstance(),
                        StatusMessages.StatusName::getName));
    }

    /** A provider that cannot be asked makes a check too: nobody knows how the component does. */
    @Override
    public Check check(Component component) {
        Instant began = channel.clock().instant();
        try {
            return check(channel.call(
                    StatusProviderServiceGrpc.getCheckMethod(),
                    StatusMessages.StatusComponent.newBuilder()
                            .setKey(component.key())
                            .setName(component.name())
                            .setDescription(component.description())
                            .setProvider(component.provider())
                            .putAllConfig(component.config())
                            .build()));
        } catch (ServiceException e) {
            if (e.kind() == Kind.CANCELLED) {
                throw e;
            }
            Instant now = channel.clock().instant();
            return new Check(
                    component.key(),
                    HealthState.UNKNOWN,
                    "the status provider " + name + " of plugin " + channel.plugin() + " cannot tell: "
                            + e.getMessage(),
                    Duration.between(began, now),
                    now);
        }
    }

    private static Check check(StatusMessages.StatusCheck message) {
        return new Check(
                message.getComponent(),
                HealthState.ofNumber(message.getState()),
                message.getMessage(),
                Duration.ofNanos(message.getLatencyNanos()),
                UnixNanos.instant(message.getCheckedAtUnixNano()));
    }
}

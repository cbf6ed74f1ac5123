package dev.mortise.contracts;

import dev.mortise.contracts.channel.Channel;
import dev.mortise.contracts.channel.KeptOpenChannel;
import dev.mortise.contracts.llm.LlmProvider;
import dev.mortise.contracts.operations.Notifier;
import dev.mortise.contracts.operations.StatusProvider;
import dev.mortise.contracts.operations.Store;
import dev.mortise.host.spi.ServiceContract;
import dev.mortise.host.spi.ServiceContracts;
import java.util.List;
import java.util.Optional;

/** Every contract of this library. */
public final class ShippedContracts implements ServiceContracts {

    @Override
    public List<ServiceContract<?>> contracts() {
        return List.of(
                new ServiceContract<>(Channel.KEY, Channel.class, Optional.of(KeptOpenChannel::new)),
                new ServiceContract<>(LlmProvider.KEY, LlmProvider.class),
                new ServiceContract<>(Notifier.KEY, Notifier.class),
                new ServiceContract<>(StatusProvider.KEY, StatusProvider.class),
                new ServiceContract<>(Store.KEY, Store.class));
    }
}

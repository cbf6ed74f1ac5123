package dev.mortise.contracts;

import dev.mortise.contracts.llm.LlmProvider;
import dev.mortise.host.spi.ServiceContract;
import dev.mortise.host.spi.ServiceContracts;
import java.util.List;

/** Every contract of this library. */
public final class ShippedContracts implements ServiceContracts {

    @Override
    public List<ServiceContract<?>> contracts() {
        return List.of(new ServiceContract<>(LlmProvider.KEY, LlmProvider.class));
    }
}

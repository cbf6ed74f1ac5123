package dev.mortise.host.generation;

import dev.mortise.host.guard.CallGuard;
import dev.mortise.host.spi.ServiceContract;
import java.util.function.Supplier;

/** An implementation of a contract by one instance. */
record LiveService(ServiceContract<?> contract, LiveInstance instance, CallGuard guard, Supplier<?> implementation) {}

package dev.mortise.host.generation;

import dev.mortise.host.Functions.FunctionView;
import dev.mortise.host.guard.CallGuard;
import dev.mortise.host.spi.Contributions.FunctionHandler;

/** A function of one instance, with what stands between a caller and its handler. */
record LiveFunction(
        FunctionView view, FunctionParams params, LiveInstance instance, CallGuard guard, FunctionHandler handler) {}

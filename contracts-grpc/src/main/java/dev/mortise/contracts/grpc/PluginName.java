package dev.mortise.contracts.grpc;

import dev.mortise.api.ServiceException;
import dev.mortise.runtime.process.wire.service.ServiceChannel;
import io.grpc.MethodDescriptor;
import java.util.function.Function;

/** What an implementation calls itself: asked once, at first, with a deadline. */
final class PluginName {

    private PluginName() {}

    /** @throws ServiceException if it does not say, or says nothing */
    static <Q, A> String ask(
            ServiceChannel channel, MethodDescriptor<Q, A> method, Q request, Function<A, String> name) {
        String said;
        try {
            said = name.apply(channel.ask(method, request));
        } catch (ServiceException e) {
            throw new ServiceException(
                    e.kind(),
                    "plugin " + channel.plugin() + " was asked for its name by " + method.getFullMethodName()
                            + ", and fails: " + e.getMessage(),
                    e);
        }
        if (said.isBlank()) {
            throw new ServiceException(
                    ServiceException.Kind.INVALID,
                    "plugin " + channel.plugin() + " was asked for its name by " + method.getFullMethodName()
                            + ", and answers with an empty text");
        }
        return said;
    }
}

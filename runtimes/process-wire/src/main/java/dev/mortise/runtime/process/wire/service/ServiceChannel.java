package dev.mortise.runtime.process.wire.service;

import dev.mortise.api.ServiceException;
import dev.mortise.runtime.process.wire.CallLoop;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * Calls one plugin's services. Each call has a deadline, of which the plugin learns, and is cancelled when its thread is
 * interrupted. Safe for use by several threads.
 *
 * @param plugin what it is called in messages
 * @param channel to whichever process the plugin has at the time of a call
 * @param timeout for each call
 * @param patience for what is asked at first
 */
public record ServiceChannel(String plugin, Channel channel, Duration timeout, Duration patience, InstantSource clock) {

    /**
     * Calls a method, and waits for its answer.
     *
     * @throws ServiceException with the plugin's own text where it has answered with an error that a caller can act on
     * @throws StatusRuntimeException if the plugin is at fault: it answers INTERNAL or DATA_LOSS
     */
    public <Q, A> A call(MethodDescriptor<Q, A> method, Q request) {
        return call(method, request, timeout);
    }

    /** As {@link #call}, for what is asked before the plugin is used. */
    public <Q, A> A ask(MethodDescriptor<Q, A> method, Q request) {
        try {
            return call(method, request, patience);
        } catch (StatusRuntimeException e) {
            throw new ServiceException(
                    ServiceException.Kind.FAILED, e.getStatus().getCode() + " " + text(e), e);
        }
    }

    private static String text(StatusRuntimeException e) {
        String description = e.getStatus().getDescription();
        return description == null ? "" : description;
    }

    private <Q, A> A call(MethodDescriptor<Q, A> method, Q request, Duration limit) {
        try {
            return CallLoop.call(
                    channel,
                    method,
                    CallOptions.DEFAULT.withDeadlineAfter(limit.toNanos(), TimeUnit.NANOSECONDS),
                    request);
        } catch (StatusRuntimeException e) {
            throw ServiceStatus.failure(plugin, method.getFullMethodName(), e);
        }
    }
}

package dev.mortise.runtime.process.service;

import dev.mortise.runtime.process.supervise.PluginDownException;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Leads each call to the process that the plugin has then; while it has none, calls fail at once with UNAVAILABLE. So what
 * is made of this channel stays good over restarts.
 */
public final class PresentChannel extends Channel {

    /** The way to the plugin as it is now. */
    @FunctionalInterface
    public interface Present {
        Channel channel() throws PluginDownException;
    }

    private final Present plugin;

    public PresentChannel(Present plugin) {
        this.plugin = plugin;
    }

    @Override
    public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
        try {
            return plugin.channel().newCall(method, options);
        } catch (PluginDownException e) {
            return new FailedCall<>(Status.UNAVAILABLE.withDescription(e.getMessage()));
        }
    }

    @Override
    public String authority() {
        return "localhost";
    }

    /** A call that has failed before it began. */
    private static final class FailedCall<Q, A> extends ClientCall<Q, A> {

        private final Status status;

        FailedCall(Status status) {
            this.status = status;
        }

        @Override
        public void start(Listener<A> listener, Metadata headers) {
            listener.onClose(status, new Metadata());
        }

        @Override
        public void request(int count) {}

        @Override
        public void cancel(@Nullable String message, @Nullable Throwable cause) {}

        @Override
        public void halfClose() {}

        @Override
        public void sendMessage(Q message) {}
    }
}

package dev.mortise.runtime.process.wire;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Makes a call that finds the threads of its transport ended one that has lost its connection. To gRPC it is a bug that somebody
 * calls then; here a plugin may go down at any moment, and its transport with it.
 */
final class ClosingTransport implements ClientInterceptor {

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        try {
            return new Guarded<>(next.newCall(method, options));
        } catch (RejectedExecutionException e) {
            throw lost(e).asRuntimeException();
        }
    }

    private static Status lost(RejectedExecutionException cause) {
        String text = "the connection has been closed";
        return Status.UNAVAILABLE.withDescription(text).withCause(new IOException(text, cause));
    }

    private static final class Guarded<Q, A> extends SimpleForwardingClientCall<Q, A> {

        private final AtomicBoolean over = new AtomicBoolean();
        private @Nullable Listener<A> listener;

        Guarded(ClientCall<Q, A> call) {
            super(call);
        }

        @Override
        public void start(Listener<A> caller, Metadata headers) {
            listener = caller;
            attempt(() -> super.start(
                    new SimpleForwardingClientCallListener<>(caller) {
                        @Override
                        public void onClose(Status status, Metadata trailers) {
                            if (over.compareAndSet(false, true)) {
                                super.onClose(status, trailers);
                            }
                        }
                    },
                    headers));
        }

        @Override
        public void request(int count) {
            attempt(() -> super.request(count));
        }

        @Override
        public void sendMessage(Q message) {
            attempt(() -> super.sendMessage(message));
        }

        @Override
        public void halfClose() {
            attempt(super::halfClose);
        }

        @Override
        public void cancel(@Nullable String message, @Nullable Throwable cause) {
            attempt(() -> super.cancel(message, cause));
        }

        private void attempt(Runnable step) {
            try {
                step.run();
            } catch (RejectedExecutionException e) {
                Listener<A> caller = listener;
                if (caller != null && over.compareAndSet(false, true)) {
                    caller.onClose(lost(e), new Metadata());
                }
            }
        }
    }
}

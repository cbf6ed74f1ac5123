package dev.mortise.runtime.process.wire;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets the thread of a call under way do what arrives for the call while it waits: the answer, and calls that the plugin
 * makes as a part of it, which so run in the scope of the first one. Where that thread is the only one that waits for a
 * plugin, it drives the plugin's sockets as well, see {@link SocketLoop}.
 *
 * <p>A loop is for one call, and belongs to the thread that has made it; only {@link #execute} and {@link #submit} are for
 * other threads.
 */
public final class CallLoop implements Executor {

    private final Thread caller = Thread.currentThread();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;
    /** Absent before the call begins, and for a channel of which the sockets cannot be driven. */
    private @Nullable SocketLoop sockets;

    private boolean entered;
    private long began;
    private volatile boolean driving;

    /** Tells each loop, whose call passes, by which sockets it goes. */
    static ClientInterceptor with(SocketLoop sockets) {
        return new ClientInterceptor() {
            @Override
            public <Q, A> ClientCall<Q, A> interceptCall(
                    MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
                if (options.getExecutor() instanceof CallLoop loop) {
                    loop.sockets = sockets;
                }
                return next.newCall(method, options);
            }
        };
    }

    /**
     * Makes a whole call. A thread that is interrupted meanwhile cancels the call, and stays interrupted.
     *
     * @throws StatusRuntimeException if the call fails
     */
    public static <Q, A> A call(Channel channel, MethodDescriptor<Q, A> method, CallOptions options, Q request) {
        CallLoop loop = new CallLoop();
        boolean interrupted = false;
        try {
            Future<A> answer = loop.begin(channel, method, options, request);
            try {
                loop.await(answer);
            } catch (InterruptedException e) {
                interrupted = true;
                answer.cancel(true);
            }
            return switch (answer.state()) {
                case SUCCESS -> answer.resultNow();
                case FAILED -> throw failure(answer.exceptionNow());
                case CANCELLED ->
                    throw Status.CANCELLED
                            .withDescription("the calling thread was interrupted")
                            .asRuntimeException();
                case RUNNING -> throw new IllegalStateException("the answer is there, or has been cancelled");
            };
        } finally {
            loop.end();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static StatusRuntimeException failure(Throwable cause) {
        return Status.fromThrowable(cause).asRuntimeException(Status.trailersFromThrowable(cause));
    }

    /** Begins the call; {@link #end} is called whatever comes. */
    public <Q, A> Future<A> begin(Channel channel, MethodDescriptor<Q, A> method, CallOptions options, Q request) {
        ClientCall<Q, A> call = channel.newCall(method, options.withExecutor(this));
        began = System.nanoTime();
        SocketLoop shared = sockets;
        if (shared != null) {
            entered = true;
            shared.enter();
        }
        return ClientCalls.futureUnaryCall(call, request);
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (ended) {
            dispose();
        } else if (Thread.currentThread() != caller) {
            LockSupport.unpark(caller);
            SocketLoop driven = sockets;
            if (driving && driven != null) {
                driven.wakeUp();
            }
        }
    }

    /**
     * Runs something on the thread of the call, and waits for it.
     *
     * @throws CancellationException if the call is over
     * @throws ExecutionException with what the task threw
     */
    public <T> T submit(Callable<T> task) throws ExecutionException, InterruptedException {
        FutureTask<T> nested = new FutureTask<>(task);
        execute(nested);
        return nested.get();
    }

    /** Works until the answer is there. */
    public void await(Future<?> answer) throws InterruptedException {
        while (!answer.isDone()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            Runnable task = tasks.poll();
            if (task != null) {
                task.run();
            } else if (!drives()) {
                LockSupport.park(this);
            }
        }
    }

    private boolean drives() {
        if (sockets == null) {
            return false;
        }
        driving = true;
        try {
            return sockets.drive(() -> !tasks.isEmpty());
        } finally {
            driving = false;
        }
    }

    /** The call is over; what comes later is not for its thread. */
    public void end() {
        if (entered && sockets != null) {
            entered = false;
            sockets.leave(began);
        }
        ended = true;
        dispose();
    }

    private void dispose() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            if (task instanceof Future<?> nested) {
                nested.cancel(false);
            } else {
                // The last signals of a call that nobody waits for any more.
                task.run();
            }
        }
    }
}

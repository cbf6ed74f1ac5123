package dev.mortise.runtime.process.wire.service;

import dev.mortise.api.ServiceException;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.lang.System.Logger.Level;
import java.util.concurrent.Callable;

/** Answers a call with what an implementation returns, or with the status that stands for its failure. */
public final class ServiceAnswer {

    private static final System.Logger LOG = System.getLogger(ServiceAnswer.class.getName());

    private ServiceAnswer() {}

    /** Does the work on this thread, which is interrupted when the caller gives up. */
    public static <A> void respond(StreamObserver<A> caller, Callable<A> work) {
        Thread thread = Thread.currentThread();
        Context.CancellationListener interrupt = context -> thread.interrupt();
        Context context = Context.current();
        context.addListener(interrupt, Runnable::run);
        A answer;
        try {
            answer = work.call();
        } catch (ServiceException e) {
            caller.onError(ServiceStatus.of(e).asRuntimeException());
            return;
        } catch (Exception e) {
            LOG.log(Level.WARNING, "a service of the plugin failed", e);
            caller.onError(Status.INTERNAL
                    .withDescription(ServiceStatus.bounded(e.toString()))
                    .asRuntimeException());
            return;
        } finally {
            context.removeListener(interrupt);
            boolean unused = Thread.interrupted();
        }
        caller.onNext(answer);
        caller.onCompleted();
    }

    /** As {@link #respond}, for methods that return nothing. */
    public static <A> void done(StreamObserver<A> caller, A nothing, Runnable work) {
        respond(caller, () -> {
            work.run();
            return nothing;
        });
    }
}

package dev.mortise.host.generation;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import dev.mortise.host.guard.CallFailure;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** One call of a method of a contract, and what comes back instead of a result. */
final class ServiceMethod {

    private ServiceMethod() {}

    /**
     * Under the guard.
     *
     * @return the result, or the exception that the implementation refuses with
     * @throws Throwable a fault of the plugin
     */
    static @Nullable Object call(LiveService service, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(service.implementation().get(), arguments);
        } catch (InvocationTargetException e) {
            switch (e.getCause()) {
                case ServiceException refusal -> {
                    return withoutPlugin(refusal, service);
                }
                case null, default -> throw e.getCause() == null ? e : e.getCause();
            }
        }
    }

    /** An exception of a class of the plugin's own would keep the plugin in memory, and its caller does not know it. */
    private static ServiceException withoutPlugin(ServiceException refusal, LiveService service) {
        ClassLoader loader = refusal.getClass().getClassLoader();
        boolean known = refusal.getClass() == ServiceException.class
                || loader == service.contract().type().getClassLoader();
        return known && refusal.getCause() == null
                ? refusal
                : new ServiceException(refusal.kind(), String.valueOf(refusal.getMessage()));
    }

    static ServiceException failed(CallFailure failure) {
        Kind kind = switch (failure) {
            case CallFailure.DeadlineExceeded _, CallFailure.TooLate _ -> Kind.DEADLINE_EXCEEDED;
            case CallFailure.Quarantined _,
                    CallFailure.Saturated _,
                    CallFailure.Stopped _,
                    CallFailure.Interrupted _,
                    CallFailure.Down _ -> Kind.UNAVAILABLE;
            case CallFailure.Threw _, CallFailure.Expected _ -> Kind.FAILED;
        };
        return new ServiceException(kind, failure.problem().message());
    }
}

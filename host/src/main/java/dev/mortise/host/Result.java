package dev.mortise.host;

import java.util.function.Function;

/** What an operation came to: a value, or a problem that was foreseen. Exceptions are left for bugs and I/O. */
public sealed interface Result<T> {

    record Ok<T>(T value) implements Result<T> {}

    record Refused<T>(Problem problem) implements Result<T> {}

    static <T> Result<T> ok(T value) {
        return new Ok<>(value);
    }

    static <T> Result<T> refused(Problem problem) {
        return new Refused<>(problem);
    }

    default <R> Result<R> then(Function<? super T, Result<R>> next) {
        return switch (this) {
            case Ok<T>(T value) -> next.apply(value);
            case Refused<T>(Problem problem) -> refused(problem);
        };
    }

    default <R> Result<R> map(Function<? super T, ? extends R> mapping) {
        return then(value -> ok(mapping.apply(value)));
    }

    /** The value, for callers who have no use for a problem. */
    default T orThrow() {
        return switch (this) {
            case Ok<T>(T value) -> value;
            case Refused<T>(Problem problem) -> throw new ProblemException(problem);
        };
    }
}

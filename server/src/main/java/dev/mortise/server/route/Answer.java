package dev.mortise.server.route;

import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Problem;
import dev.mortise.host.Result;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What an operation answers. */
public sealed interface Answer {

    /**
     * A JSON text.
     *
     * @param headers in addition to those of every answer
     */
    record Json(int status, JsonValue body, Map<String, String> headers) implements Answer {
        public Json {
            headers = Map.copyOf(headers);
        }
    }

    record Text(String mediaType, String body) implements Answer {}

    /**
     * Whatever somebody else has put together. Headers of the server's own are set over it.
     *
     * @param headers with all their values, none of which says how the body is framed
     */
    record Foreign(int status, Map<String, List<String>> headers, byte[] body) implements Answer {
        public Foreign {
            headers = Map.copyOf(headers);
        }
    }

    record Refused(Problem problem) implements Answer {}

    /**
     * Server-sent events, for as long as both sides want.
     *
     * @param headers in addition to those of every answer
     * @param last whether the connection ends with the stream
     */
    record Stream(StreamBody body, Map<String, String> headers, boolean last) implements Answer {
        public Stream {
            headers = Map.copyOf(headers);
        }

        /** One that goes on until a side has had enough. */
        public Stream(StreamBody body) {
            this(body, Map.of(), true);
        }
    }

    static Answer ok(JsonValue body) {
        return new Json(200, body, Map.of());
    }

    static Answer refused(Problem problem) {
        return new Refused(problem);
    }

    /** The rendered value with status 200, or the problem. */
    static <T> Answer of(Result<T> result, Function<? super T, ? extends JsonValue> view) {
        return from(result, value -> ok(view.apply(value)));
    }

    static <T> Answer from(Result<T> result, Function<? super T, Answer> answer) {
        return switch (result) {
            case Result.Ok<T>(T value) -> answer.apply(value);
            case Result.Refused<T>(Problem problem) -> refused(problem);
        };
    }
}

package dev.mortise.server.listen;

import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.model.Text;
import dev.mortise.server.route.Arguments;
import dev.mortise.server.route.Parameter;
import dev.mortise.server.route.Parameter.Place;
import dev.mortise.server.route.Route;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the parameters that an operation declares. One that it does not declare is an error in the query. */
final class ParameterReader {

    private ParameterReader() {}

    static Result<Arguments> read(
            Route route, Map<String, String> variables, Map<String, String> query, Headers headers) {
        for (String name : query.keySet()) {
            if (route.parameters().stream()
                    .noneMatch(known -> isQuery(known) && known.name().equals(name))) {
                return Result.refused(unknown(route, name));
            }
        }
        Arguments.Collector values = new Arguments.Collector();
        for (Parameter<?> parameter : route.parameters()) {
            Result<Optional<String>> text = text(parameter, variables, query, headers);
            if (text.then(sent -> read(parameter, sent, values)) instanceof Result.Refused<?>(Problem problem)) {
                return Result.refused(problem);
            }
        }
        return Result.ok(values.toArguments());
    }

    private static <T> Result<Parameter<T>> read(
            Parameter<T> parameter, Optional<String> sent, Arguments.Collector values) {
        if (sent.isPresent()) {
            return values.put(parameter, parameter.read(sent.get())).map(_ -> parameter);
        }
        return parameter.required() ? Result.refused(parameter.missing()) : Result.ok(parameter);
    }

    private static Result<Optional<String>> text(
            Parameter<?> parameter, Map<String, String> variables, Map<String, String> query, Headers headers) {
        return switch (parameter.place()) {
            case PATH -> Result.ok(Optional.ofNullable(variables.get(parameter.name())));
            case QUERY -> Result.ok(Optional.ofNullable(query.get(parameter.name())));
            case HEADER -> header(parameter, headers);
        };
    }

    private static Result<Optional<String>> header(Parameter<?> parameter, Headers headers) {
        HeaderName name = HeaderNames.create(parameter.name());
        if (!headers.contains(name)) {
            return Result.ok(Optional.empty());
        }
        List<String> values = headers.get(name).allValues();
        return values.size() == 1
                ? Result.ok(Optional.of(values.getFirst()))
                : Result.refused(Problem.of(
                        ProblemCode.INVALID_REQUEST, "the header " + parameter.name() + " is given more than once"));
    }

    private static boolean isQuery(Parameter<?> parameter) {
        return parameter.place() == Place.QUERY;
    }

    private static Problem unknown(Route route, String name) {
        String known = route.parameters().stream()
                .filter(ParameterReader::isQuery)
                .map(Parameter::name)
                .collect(Collectors.joining(", "));
        return Problem.of(
                        ProblemCode.INVALID_REQUEST,
                        "there is no query parameter '" + Text.abbreviate(name) + "' here"
                                + (known.isEmpty() ? "" : "; there is " + known))
                .with("parameter", Text.abbreviate(name));
    }
}

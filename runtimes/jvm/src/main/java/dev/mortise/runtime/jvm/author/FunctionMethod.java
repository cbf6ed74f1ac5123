package dev.mortise.runtime.jvm.author;

import dev.mortise.api.CallInfo;
import dev.mortise.api.FunctionException;
import dev.mortise.api.Rpc;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.spi.Contributions.Function;
import dev.mortise.runtime.jvm.shape.Definitions;
import dev.mortise.runtime.jvm.shape.Mismatch;
import dev.mortise.runtime.jvm.shape.Parameters;
import dev.mortise.runtime.jvm.shape.Place;
import dev.mortise.runtime.jvm.shape.Shape;
import dev.mortise.runtime.jvm.shape.Shapes;
import dev.mortise.runtime.jvm.shape.SignatureException;

/** A method with {@link Rpc}: JSON in, JSON out. */
record FunctionMethod(AuthorMethod method, Parameters parameters, Shape result) {

    static FunctionMethod of(AuthorMethod method, Shapes shapes) throws SignatureException {
        Parameters parameters = Parameters.of(method.method(), CallInfo.class, shapes, method.site());
        return new FunctionMethod(method, parameters, shapes.result(method.method(), method.site()));
    }

    String name() {
        return method.name(method.annotation(Rpc.class).name());
    }

    /** @param entry this method, as long as the plugin is there */
    Function function(Revocable<FunctionMethod> entry) throws SignatureException {
        Rpc rpc = method.annotation(Rpc.class);
        return new Function(
                name(),
                rpc.description(),
                parameters.schema(),
                Definitions.schemaOf(result, method.site()),
                rpc.idempotent(),
                (params, info) -> entry.get().call(params, info));
    }

    private JsonValue call(JsonObject params, CallInfo info) throws Exception {
        return result.toJson(method.call(arguments(params, info)));
    }

    @SuppressWarnings("NullAway") // an array of what may be null, which the checker does not carry through
    private Object[] arguments(JsonObject params, CallInfo info) throws FunctionException {
        try {
            return parameters.read(params, Place.STRICT, info);
        } catch (Mismatch e) {
            throw new FunctionException("invalid_params", String.valueOf(e.getMessage()));
        }
    }
}

package dev.mortise.runtime.jvm.shape;

import dev.mortise.api.Param;
import dev.mortise.api.json.JsonObject;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters of a method, taken from the members of one JSON object. */
public final class Parameters {

    private final Members members;
    private final JsonObject schema;
    private final List<Boolean> supplied;

    private Parameters(Members members, JsonObject schema, List<Boolean> supplied) {
        this.members = members;
        this.schema = schema;
        this.supplied = List.copyOf(supplied);
    }

    /**
     * Reads the signature.
     *
     * @param suppliedType parameters of this type do not come from the JSON
     */
    public static Parameters of(Method method, Class<?> suppliedType, Shapes shapes, Site site)
            throws SignatureException {
        List<Member> members = new ArrayList<>();
        List<Boolean> supplied = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Parameter parameter : method.getParameters()) {
            supplied.add(parameter.getType() == suppliedType);
            if (parameter.getType() == suppliedType) {
                continue;
            }
            Param param = parameter.getAnnotation(Param.class);
            String name = name(parameter, param, members.size() + 1, site);
            Site within = site.within("parameter '" + name + "'");
            if (!names.add(name)) {
                throw within.error("there are two of this name", "rename one with @Param");
            }
            Shape shape = shapes.of(parameter.getAnnotatedType(), Nullability.isNullable(parameter), within);
            members.add(Member.of(name, shape, param, within));
        }
        Members all = new Members(members);
        return new Parameters(all, Definitions.complete(all::schema, site), supplied);
    }

    private static String name(Parameter parameter, @Nullable Param param, int number, Site site)
            throws SignatureException {
        if (param != null && !param.value().isEmpty()) {
            return param.value();
        }
        if (!parameter.isNamePresent()) {
            throw site.within("parameter " + number)
                    .error(
                            "its name is not in the class file",
                            "compile with -parameters (in Maven: <parameters>true</parameters>) or name it with"
                                    + " @Param(\"name\")");
        }
        return parameter.getName();
    }

    /** The JSON Schema of the object. */
    public JsonObject schema() {
        return schema;
    }

    /**
     * The arguments to call the method with.
     *
     * @param suppliedValue for the parameters that do not come from the JSON
     * @throws Mismatch if the object does not fit the schema
     */
    public @Nullable Object[] read(JsonObject json, Place at, Object suppliedValue) throws Mismatch {
        @Nullable Object[] given = members.read(json, at);
        @Nullable Object[] arguments = new @Nullable Object[supplied.size()];
        int next = 0;
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = supplied.get(i) ? suppliedValue : given[next++];
        }
        return arguments;
    }
}

package dev.mortise.runtime.jvm.shape;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the type variables of a generic record stand for where it is used. */
record TypeVariables(Map<Type, Argument> arguments) {

    static final TypeVariables NONE = new TypeVariables(Map.of());

    /** A type argument, and what the variables in it stand for. */
    record Argument(AnnotatedType type, TypeVariables variables) {}

    TypeVariables of(AnnotatedParameterizedType use) {
        Type[] variables = ((Class<?>) ((ParameterizedType) use.getType()).getRawType()).getTypeParameters();
        AnnotatedType[] given = use.getAnnotatedActualTypeArguments();
        Map<Type, Argument> result = new HashMap<>();
        for (int i = 0; i < variables.length; i++) {
            result.put(variables[i], new Argument(given[i], this));
        }
        return new TypeVariables(result);
    }

    @Nullable
    Argument get(Type variable) {
        return arguments.get(variable);
    }

    /** A text that is the same for the same type, variables replaced. */
    String describe(AnnotatedType type) {
        String nullable = Nullability.isNullable(type) ? "?" : "";
        return nullable
                + switch (type) {
                    case AnnotatedArrayType array -> describe(array.getAnnotatedGenericComponentType()) + "[]";
                    case AnnotatedParameterizedType generic ->
                        ((ParameterizedType) generic.getType()).getRawType().getTypeName()
                                + Arrays.stream(generic.getAnnotatedActualTypeArguments())
                                        .map(this::describe)
                                        .collect(Collectors.joining(",", "<", ">"));
                    case AnnotatedTypeVariable variable -> {
                        Argument argument = get(variable.getType());
                        yield argument == null
                                ? variable.getType().getTypeName()
                                : argument.variables().describe(argument.type());
                    }
                    case AnnotatedWildcardType wildcard -> describe(wildcard.getAnnotatedUpperBounds()[0]);
                    default -> type.getType().getTypeName();
                };
    }
}

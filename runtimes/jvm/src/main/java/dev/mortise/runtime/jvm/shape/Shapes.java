package dev.mortise.runtime.jvm.shape;

import dev.mortise.api.Param;
import dev.mortise.api.json.JsonNull;
import dev.mortise.api.json.JsonValue;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the shapes of one plugin instance's types. Everything that it remembers refers to the plugin's classes, so it
 * belongs to the instance and goes with it; nothing of it is static. Safe for use by several threads.
 */
public final class Shapes {

    private static final String SUPPORTED =
            "use a record, enum, List, Set, array, Map with text as keys, Optional, String,"
                    + " a number, boolean, a java.time type, UUID, URI or JsonValue";

    private final AnyShape any = new AnyShape(this);
    private final Map<String, Shape> known = new HashMap<>();
    /** Of values whose type only they know; never one that is still being made. */
    private final Map<Class<?>, Shape> ofValues = new ConcurrentHashMap<>();

    /** The shape of a record. */
    public synchronized RecordShape record(Class<?> type, Site site) throws SignatureException {
        return record(type, type.getName(), TypeVariables.NONE, site);
    }

    /** The shape of what a method returns. */
    public synchronized Shape result(Method method, Site site) throws SignatureException {
        Shape shape = of(method.getAnnotatedReturnType(), TypeVariables.NONE, site);
        return orNullable(shape, Nullability.isNullable(method));
    }

    /** The shape of a parameter or component. */
    synchronized Shape of(AnnotatedType type, boolean nullable, Site site) throws SignatureException {
        return orNullable(of(type, TypeVariables.NONE, site), nullable);
    }

    /**
     * Makes JSON of a value whose type only it knows: a record, map, list or anything else that a signature may have.
     *
     * @throws IllegalArgumentException if its type has no JSON
     */
    public JsonValue write(@Nullable Object value) {
        return value == null ? JsonNull.NULL : any.write(value);
    }

    Shape ofValue(Object value) {
        Shape shape = Scalars.of(value.getClass());
        return shape != null ? shape : ofValues.computeIfAbsent(value.getClass(), this::ofAnyClass);
    }

    private synchronized Shape ofAnyClass(Class<?> type) {
        try {
            return ofClass(type, new Site("a value of " + type.getName()));
        } catch (SignatureException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Shape orNullable(Shape shape, boolean nullable) {
        return nullable && !shape.isOptional() ? new NullableShape(shape) : shape;
    }

    private Shape of(AnnotatedType type, TypeVariables variables, Site site) throws SignatureException {
        Shape shape = switch (type) {
            case AnnotatedArrayType array -> array(array, variables, site);
            case AnnotatedParameterizedType generic -> generic(generic, variables, site);
            case AnnotatedTypeVariable variable -> variable(variable, variables, site);
            case AnnotatedWildcardType wildcard -> of(wildcard.getAnnotatedUpperBounds()[0], variables, site);
            default -> ofClass((Class<?>) type.getType(), site);
        };
        return orNullable(shape, Nullability.isNullable(type));
    }

    private Shape array(AnnotatedArrayType type, TypeVariables variables, Site site) throws SignatureException {
        AnnotatedType component = type.getAnnotatedGenericComponentType();
        if (component.getType() == byte.class) {
            return ofClass(byte[].class, site);
        }
        if (!(component.getType() instanceof Class<?> componentType)) {
            throw site.error("arrays of generic types have no JSON", "use a List");
        }
        return new ArrayShape(componentType, of(component, variables, site));
    }

    private Shape variable(AnnotatedTypeVariable type, TypeVariables variables, Site site) throws SignatureException {
        TypeVariables.Argument argument = variables.get(type.getType());
        if (argument == null) {
            throw site.error(
                    "the type variable " + type.getType().getTypeName() + " says nothing about its values",
                    "use a type, such as a record");
        }
        return of(argument.type(), argument.variables(), site);
    }

    private Shape generic(AnnotatedParameterizedType type, TypeVariables variables, Site site)
            throws SignatureException {
        Class<?> raw = (Class<?>) ((ParameterizedType) type.getType()).getRawType();
        AnnotatedType[] arguments = type.getAnnotatedActualTypeArguments();
        if (raw == Optional.class) {
            return OptionalShape.of(of(arguments[0], variables, site));
        }
        if (raw == List.class || raw == Collection.class) {
            return new ListShape(of(arguments[0], variables, site));
        }
        if (raw == Set.class) {
            return new SetShape(of(arguments[0], variables, site));
        }
        if (raw == Map.class) {
            return new MapShape(keys(arguments[0], site), of(arguments[1], variables, site));
        }
        if (raw.isRecord()) {
            return record(raw, variables.describe(type), variables.of(type), site);
        }
        throw unsupported(raw, site);
    }

    private @Nullable EnumShape keys(AnnotatedType type, Site site) throws SignatureException {
        if (type.getType() == String.class || type.getType() == Object.class) {
            return null;
        }
        if (type.getType() instanceof Class<?> keys && keys.isEnum()) {
            return new EnumShape(keys);
        }
        throw site.error("the keys of a map are text in JSON", "use String or an enum for them");
    }

    private Shape ofClass(Class<?> type, Site site) throws SignatureException {
        Shape shape = Scalars.of(type);
        if (shape == null) {
            shape = OptionalShape.ofPrimitive(type);
        }
        if (shape != null) {
            return shape;
        }
        if (type.isArray()) {
            return new ArrayShape(type.componentType(), ofClass(type.componentType(), site));
        }
        if (type.isRecord()) {
            return record(type, type.getName(), TypeVariables.NONE, site);
        }
        if (type.isEnum()) {
            return new EnumShape(type);
        }
        if (Enum.class.isAssignableFrom(type)) {
            // The class of a constant with a body.
            return new EnumShape(type.getSuperclass());
        }
        if (type.isSealed() && type.isInterface()) {
            return sealed(type, site);
        }
        if (type == Object.class) {
            return any;
        }
        if (type == List.class || type == Collection.class) {
            return new ListShape(any);
        }
        if (type == Map.class) {
            return new MapShape(null, any);
        }
        throw unsupported(type, site);
    }

    private static SignatureException unsupported(Class<?> type, Site site) {
        return site.error("values of " + type.getTypeName() + " cannot be made JSON", SUPPORTED);
    }

    private RecordShape record(Class<?> type, String key, TypeVariables variables, Site site)
            throws SignatureException {
        if (known.get(key) instanceof RecordShape shape) {
            return shape;
        }
        boolean complete = false;
        try {
            RecordShape shape = new RecordShape(type);
            // Known before it is complete, for records that contain themselves.
            known.put(key, shape);
            List<Member> members = new ArrayList<>();
            for (RecordComponent component : type.getRecordComponents()) {
                members.add(member(component, variables, new Site(type.getName()).within(component.getName())));
            }
            shape.complete(new Members(members));
            complete = true;
            return shape;
        } catch (IllegalAccessException | NoSuchMethodException e) {
            throw site.error("the record " + type.getName() + " cannot be used: " + e.getMessage(), "make it public");
        } finally {
            if (!complete) {
                known.remove(key);
            }
        }
    }

    private Member member(RecordComponent component, TypeVariables variables, Site site) throws SignatureException {
        Shape shape = of(component.getAnnotatedType(), variables, site);
        boolean nullable = Nullability.isNullable(component, component.getAccessor());
        Param param = component.getAnnotation(Param.class);
        String name = param == null || param.value().isEmpty() ? component.getName() : param.value();
        return Member.of(name, orNullable(shape, nullable), param, site);
    }

    private Shape sealed(Class<?> type, Site site) throws SignatureException {
        if (known.get(type.getName()) instanceof SealedShape shape) {
            return shape;
        }
        boolean complete = false;
        try {
            SealedShape shape = new SealedShape(type.getSimpleName());
            known.put(type.getName(), shape);
            addAlternatives(type, shape, site);
            complete = true;
            return shape;
        } finally {
            if (!complete) {
                known.remove(type.getName());
            }
        }
    }

    private void addAlternatives(Class<?> type, SealedShape shape, Site site) throws SignatureException {
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            if (permitted.isSealed() && permitted.isInterface()) {
                addAlternatives(permitted, shape, site);
                continue;
            }
            if (!permitted.isRecord()) {
                throw site.error(permitted.getName() + " of " + type.getName() + " is no record", "make it one");
            }
            RecordShape alternative = record(permitted, permitted.getName(), TypeVariables.NONE, site);
            if (alternative.has(SealedShape.DISCRIMINATOR)) {
                throw site.error(
                        permitted.getName() + " has a component named type, which tells the records of "
                                + type.getName() + " apart",
                        "rename it");
            }
            if (!shape.add(SnakeCase.of(permitted.getSimpleName()), alternative)) {
                throw site.error("two records of " + type.getName() + " have the same name", "rename one");
            }
        }
    }
}

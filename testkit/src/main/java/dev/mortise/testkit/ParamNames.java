package dev.mortise.testkit;

import dev.mortise.api.Param;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyName;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/** Gives components of the test's records the names in JSON that {@link Param} says. */
final class ParamNames extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1;

    @Override
    public @Nullable PropertyName findNameForSerialization(MapperConfig<?> config, Annotated element) {
        PropertyName name = paramName(element);
        return name != null ? name : super.findNameForSerialization(config, element);
    }

    @Override
    public @Nullable PropertyName findNameForDeserialization(MapperConfig<?> config, Annotated element) {
        PropertyName name = paramName(element);
        return name != null ? name : super.findNameForDeserialization(config, element);
    }

    private static @Nullable PropertyName paramName(Annotated element) {
        return component(element)
                .map(component -> component.getAnnotation(Param.class))
                .filter(param -> !param.value().isEmpty())
                .map(param -> PropertyName.construct(param.value()))
                .orElse(null);
    }

    private static Optional<RecordComponent> component(Annotated element) {
        if (!(element instanceof AnnotatedMember member)
                || !member.getDeclaringClass().isRecord()) {
            return Optional.empty();
        }
        RecordComponent[] components = member.getDeclaringClass().getRecordComponents();
        if (member instanceof AnnotatedParameter parameter) {
            boolean canonical = parameter.getOwner().getParameterCount() == components.length;
            return canonical ? Optional.of(components[parameter.getIndex()]) : Optional.empty();
        }
        return Arrays.stream(components)
                .filter(component -> component.getName().equals(member.getName()))
                .findFirst();
    }
}

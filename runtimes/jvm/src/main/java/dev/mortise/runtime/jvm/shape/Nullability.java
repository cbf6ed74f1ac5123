package dev.mortise.runtime.jvm.shape;

import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;

/** Whether something may be null: it says so by any annotation of the name {@code Nullable}, whoever's it is. */
final class Nullability {

    private Nullability() {}

    static boolean isNullable(AnnotatedElement... elements) {
        return Arrays.stream(elements)
                .flatMap(element -> Arrays.stream(element.getAnnotations()))
                .anyMatch(annotation ->
                        annotation.annotationType().getSimpleName().equals("Nullable"));
    }
}

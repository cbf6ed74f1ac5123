package dev.mortise.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a parameter of a function, or a component of a record that a function takes or returns.
 *
 * <p>A parameter without a default is required, unless it is {@code Optional} or annotated as nullable. Constraints
 * are part of the advertised schema and are checked before the function is called.
 */
@Documented
@Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface Param {

    /** Stands for "not given" in {@link #defaultValue}, because an annotation cannot hold null. */
    String NONE = "\u0000none";

    /** The name in JSON; by default the name in Java. */
    String value() default "";

    String description() default "";

    /** The default as text: the text itself for strings and enums, JSON for everything else. */
    String defaultValue() default NONE;

    double min() default Double.NEGATIVE_INFINITY;

    double max() default Double.POSITIVE_INFINITY;

    /** The least number of characters, or of elements. */
    int minLength() default 0;

    /** The greatest number of characters, or of elements. */
    int maxLength() default Integer.MAX_VALUE;

    /** A regular expression that text must contain a match of, as in JSON Schema. */
    String pattern() default "";
}

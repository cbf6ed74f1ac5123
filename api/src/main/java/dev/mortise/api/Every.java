package dev.mortise.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a public method without parameters a routine. The first run is right after the plugin took over; a run that
 * outlasts its period delays the next one and never overlaps it.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Every {

    /** {@code 500ms}, {@code 10s}, {@code 5m}, {@code 1h}, or a configuration key that holds one: {@code ${interval}}. */
    String value();

    /** The routine's name; by default the method's in snake case. */
    String name() default "";
}

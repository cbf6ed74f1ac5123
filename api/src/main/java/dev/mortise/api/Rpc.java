package dev.mortise.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Offers a public method as a function. Its JSON Schemas come from the signature: records, enums, lists, maps,
 * {@code Optional}, nullable types, numbers, text, booleans and {@code java.time} values, nested as deep as needed.
 * A parameter of type {@link CallInfo} is filled by the host and is not part of the schema.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Rpc {

    /** The function's name; by default the method's in snake case, {@code helloWorld} as {@code hello_world}. */
    String name() default "";

    String description() default "";

    /** Whether a call may be repeated after a failure of transport without doing its work twice. */
    boolean idempotent() default false;
}

package dev.mortise.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a public method a listener. It takes the payload as a record or as a {@code JsonObject}, and optionally an
 * {@link EventInfo}. Each plugin hears events in the order in which they were emitted, one at a time.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface On {

    /** The event's name; host events are {@code plugin_loaded}, {@code plugin_unloaded}, {@code generation_published}. */
    String value();

    /** Only events of this plugin; by default of any, the host included. */
    String from() default "";
}

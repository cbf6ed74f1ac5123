package dev.mortise.testkit;

import dev.mortise.api.Plugin;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test of a class a fresh host that runs the plugin, as a parameter of type {@link PluginUnderTest}.
 *
 * <pre>{@code
 * @PluginTest(HelloWorld.class)
 * class HelloWorldTest {
 *     @Test
 *     void greets(PluginUnderTest plugin) {
 *         assertThat(plugin.call("hello_world", Map.of("name", "plugin")))
 *                 .isEqualTo(json("{\"message\":\"Hello, plugin!\"}"));
 *     }
 * }
 * }</pre>
 *
 * <p>The package is what the build has put where the class is, such as {@code target/classes} with the manifest in its
 * root. A class with a {@code manifest.json} beside it, in its own Java package, is a plugin of that Java package
 * alone: so tests can have plugins of their own.
 *
 * <p>On a method, it replaces the annotation of the class.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(PluginTestExtension.class)
public @interface PluginTest {

    /** The plugin's main class. */
    Class<? extends Plugin> value();

    /** What the operator has configured, as a JSON object; the manifest's defaults are filled in. */
    String config() default "{}";

    /** Plugins to install before it, such as those that it requires. */
    Class<? extends Plugin>[] alongside() default {};
}

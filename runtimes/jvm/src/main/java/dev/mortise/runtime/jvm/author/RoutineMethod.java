package dev.mortise.runtime.jvm.author;

import dev.mortise.api.Every;
import dev.mortise.api.json.JsonObject;
import dev.mortise.host.spi.Contributions.Routine;
import dev.mortise.runtime.jvm.shape.SignatureException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A method with {@link Every}: nothing in, nothing out, again and again. */
record RoutineMethod(AuthorMethod method) {

    private static final @Nullable Object[] NOTHING = new @Nullable Object[0];

    static RoutineMethod of(AuthorMethod method) throws SignatureException {
        if (method.method().getParameterCount() > 0) {
            throw method.site().error("a routine takes no parameters", "remove them");
        }
        return new RoutineMethod(method);
    }

    String name() {
        return method.name(method.annotation(Every.class).name());
    }

    Duration period(JsonObject config) throws SignatureException {
        return PeriodText.of(method.annotation(Every.class).value(), config, method.site());
    }

    /** @param entry this method, as long as the plugin is there */
    Routine routine(Revocable<RoutineMethod> entry, JsonObject config) throws SignatureException {
        return new Routine(name(), period(config), () -> entry.get().method.call(NOTHING));
    }
}

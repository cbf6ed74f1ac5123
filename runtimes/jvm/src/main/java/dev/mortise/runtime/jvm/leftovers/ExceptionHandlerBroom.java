package dev.mortise.runtime.jvm.leftovers;

import dev.mortise.host.spi.Leftover;
import dev.mortise.runtime.jvm.loading.PluginClassLoader;
import java.lang.Thread.UncaughtExceptionHandler;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JVM's handler of last resort for exceptions, if the plugin has put itself there. */
final class ExceptionHandlerBroom implements Broom {

    private final @Nullable UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();

    @Override
    public LeftoverKind kind() {
        return LeftoverKind.EXCEPTION_HANDLER;
    }

    @Override
    public List<Leftover> sweep(PluginClassLoader plugin, Duration patience) {
        UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
        if (!new Belonging(plugin).isOwn(handler)) {
            return List.of();
        }
        Thread.setDefaultUncaughtExceptionHandler(before);
        return List.of(LeftoverKind.EXCEPTION_HANDLER.cleaned(
                "the default handler for uncaught exceptions; a plugin must not set it"));
    }
}

package dev.mortise.runtime.jvm.leftovers;

import dev.mortise.runtime.jvm.fixture.Loaders;
import dev.mortise.runtime.jvm.loading.PluginClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Runs a plugin in a JVM that was started without flags, and prints what was left. */
final class PlainJvm {

    private PlainJvm() {}

    public static void main(String[] arguments) throws Exception {
        Sweep sweep = new Sweep();
        Remains remains = run(Path.of(arguments[0]), sweep);
        for (int i = 0; i < 12 && !remains.isCollected() && remains.holders().isEmpty(); i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(5);
        }
        remains.holders().forEach(leftover -> System.out.println("holder " + leftover));
        System.out.println("collected " + remains.isCollected());
    }

    private static Remains run(Path folder, Sweep sweep) throws Exception {
        PluginClassLoader loader = Loaders.open(folder, "plugin.jar");
        ((Runnable) loader.loadClass("Scenario").getConstructor().newInstance()).run();
        loader.close();
        sweep.after(loader, Duration.ofSeconds(10)).forEach(leftover -> System.out.println("left " + leftover));
        return new Remains(loader, sweep);
    }
}

package dev.mortise.runtime.jvm.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.host.model.Manifest;
import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.spi.PluginStartException;
import dev.mortise.runtime.jvm.fixture.Jars;
import dev.mortise.runtime.jvm.fixture.Manifests;
import dev.mortise.runtime.jvm.fixture.Sources;
import dev.mortise.runtime.jvm.loading.PluginClassPath;
import dev.mortise.runtime.jvm.polls.PollGap;
import dev.mortise.runtime.jvm.scan.PackageScanner;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedPackagesTest {

    private static final String MAIN = "com.example.Main";
    private static final Map<String, byte[]> LOOPING =
            Sources.compile("package com.example; public class Main { void run() { while (true) { run(); } } }");
    private static final Map<String, byte[]> EXITING =
            Sources.compile("package com.example; public class Main { { System.exit(1); } }");
    private static final Manifest MANIFEST = Manifests.manifest("demo", "plugin.jar", MAIN);
    private static final Consumer<PollGap> NO_GAPS = gap -> {
        throw new AssertionError(gap.toString());
    };

    @TempDir
    Path folder;

    private final Map<String, byte[]> kept = new ConcurrentHashMap<>();
    private int writes;
    private Map<String, byte[]> written = Map.of();

    private final HostStorage.Derived derived = new HostStorage.Derived() {
        @Override
        public Optional<byte[]> find(String key) {
            return Optional.ofNullable(kept.get(key));
        }

        @Override
        public void put(String key, byte[] content) {
            writes++;
            kept.put(key, content);
        }
    };

    private PreparedPackage prepare(String program, Map<String, byte[]> classes) throws Exception {
        if (classes != written) {
            // A jar that is written twice differs in its times.
            Jars.write(folder.resolve("plugin.jar"), classes);
            written = classes;
        }
        PreparedPackages packages = new PreparedPackages(new PackageScanner(), Optional.of(program));
        packages.keepIn(derived);
        return packages.prepare(PluginClassPath.read(folder, MANIFEST), MANIFEST, NO_GAPS);
    }

    private static byte[] main(Map<String, byte[]> classes) {
        return Objects.requireNonNull(classes.get("com/example/Main.class"));
    }

    private byte[] keepOnce() throws Exception {
        PreparedPackage first = prepare("a", LOOPING);
        byte[] polled = first.prepare(MAIN, main(LOOPING));
        first.keep();
        return polled;
    }

    @Test
    void whatWasPreparedIsTheSameInTheNextStart() throws Exception {
        byte[] polled = keepOnce();

        byte[] again = prepare("a", LOOPING).prepare(MAIN, main(LOOPING));

        assertThat(again).isEqualTo(polled).isNotEqualTo(main(LOOPING));
        assertThat(kept).hasSize(1);
    }

    @Test
    void soIsWhetherItsHooksCanBeStopped() throws Exception {
        Map<String, byte[]> stoppable = hook("return Decision.passthrough();");
        Map<String, byte[]> locking = hook("synchronized (c) { return Decision.passthrough(); }");
        for (Map<String, byte[]> classes : List.of(stoppable, locking)) {
            PreparedPackage first = prepare("a", classes);
            first.prepare(MAIN, main(classes));
            first.keep();
            assertThat(first.stoppableHooks()).isEqualTo(classes == stoppable);
            assertThat(prepare("a", classes).stoppableHooks()).isEqualTo(classes == stoppable);
        }
        assertThat(writes).isEqualTo(2);
    }

    private static Map<String, byte[]> hook(String body) {
        return Sources.compile(
                "package com.example; import dev.mortise.api.*; public class Main implements Hook { public Decision execute(HookContext c) { "
                        + body + " } }");
    }

    @Test
    void aStartThatLearnsNothingWritesNothing() throws Exception {
        keepOnce();

        PreparedPackage second = prepare("a", LOOPING);
        second.prepare(MAIN, main(LOOPING));
        second.keep();

        assertThat(writes).isOne();
    }

    @Test
    void aChangedPackageIsScannedThoughOneOfItsNameHadPassed() throws Exception {
        keepOnce();

        assertThatThrownBy(() -> prepare("a", EXITING))
                .isInstanceOf(PluginStartException.class)
                .hasMessageContaining("java.lang.System.exit");
    }

    @Test
    void aClassThatTheKeptPackageDoesNotHaveIsLookedAtWhenItIsDefined() throws Exception {
        keepOnce();
        PreparedPackage second = prepare("a", LOOPING);

        assertThatThrownBy(() -> second.prepare("com.example.Late", main(EXITING)))
                .isInstanceOf(NoClassDefFoundError.class)
                .hasMessageContaining("java.lang.System.exit");
    }

    @Test
    void anotherProgramPreparesForItself() throws Exception {
        keepOnce();

        PreparedPackage other = prepare("b", LOOPING);
        other.prepare(MAIN, main(LOOPING));
        other.keep();

        assertThat(kept).hasSize(2);
    }

    @Test
    void whatMakesNoSenseIsMadeAgain() throws Exception {
        byte[] polled = keepOnce();
        String key = kept.keySet().iterator().next();
        byte[] content = Objects.requireNonNull(kept.get(key));
        for (int length = 0; length < content.length; length++) {
            kept.put(key, Arrays.copyOf(content, length));

            PreparedPackage again = prepare("a", LOOPING);
            assertThat(again.prepare(MAIN, main(LOOPING))).isEqualTo(polled);
            again.keep();

            assertThat(kept.get(key)).isEqualTo(content);
        }
    }

    @Test
    void nothingIsKeptOfARefusedPackage() {
        assertThatThrownBy(() -> prepare("a", EXITING)).isInstanceOf(PluginStartException.class);

        assertThat(kept).isEmpty();
    }
}

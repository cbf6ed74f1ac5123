package dev.mortise.runtime.jvm.polls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.runtime.jvm.fixture.Jars;
import dev.mortise.runtime.jvm.fixture.Loaders;
import dev.mortise.runtime.jvm.fixture.Sources;
import dev.mortise.runtime.jvm.loading.ImportedPackages;
import dev.mortise.runtime.jvm.loading.PluginClassLoader;
import java.io.File;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopPollsTest {

    private static final ClassDesc LOOP = ClassDesc.of("Loop");
    private static final MethodTypeDesc VOID = MethodTypeDesc.of(ConstantDescs.CD_void);

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final List<PollGap> gaps = new ArrayList<>();
    private final LoopPolls loopPolls = new LoopPolls(gaps::add);

    @Test
    void classesWithoutLoopsStayAsTheyAre() {
        byte[] plain = Sources.compile("class Plain { int f(int x) { return x > 0 ? 1 : 2; } }")
                .values()
                .iterator()
                .next();

        assertThat(loopPolls.addTo("Plain", plain)).isSameAs(plain);
        assertThat(gaps).isEmpty();
    }

    @Test
    void everyChangedClassOfManyLibrariesIsStillValid() throws Exception {
        ClassHierarchyResolver hierarchy =
                ClassHierarchyResolver.ofResourceParsing(getClass().getClassLoader());
        ClassFile verifier = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(hierarchy));
        int changed = 0;
        for (Path jar : librariesOfTheTests()) {
            try (JarFile file = new JarFile(jar.toFile())) {
                for (JarEntry entry : file.stream().toList()) {
                    if (!entry.getName().endsWith(".class")) {
                        continue;
                    }
                    byte[] before = file.getInputStream(entry).readAllBytes();
                    byte[] after = loopPolls.addTo(entry.getName(), before);
                    if (!Arrays.equals(after, before)) {
                        changed++;
                        assertThat(errors(verifier, after)).as(entry.getName()).isEqualTo(errors(verifier, before));
                    }
                }
            }
        }
        assertThat(changed).isGreaterThan(1_000);
        assertThat(gaps).isEmpty();
    }

    /** Without positions, which the polls move. What is wrong before, such as a missing optional library, is so after. */
    private static List<String> errors(ClassFile verifier, byte[] classFile) {
        return verifier.verify(classFile).stream()
                .map(error -> String.valueOf(error.getMessage()).replaceAll("@[0-9]+|[0-9]+: ", ""))
                .toList();
    }

    private static List<Path> librariesOfTheTests() {
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(System.getProperty("java.class.path"))
                .filter(element -> element.endsWith(".jar"))
                .map(Path::of)
                .toList();
    }

    @Test
    void aLibraryWithPollsWorks() throws Exception {
        Map<String, byte[]> classes = Sources.compile("""
                public class Tree implements java.util.concurrent.Callable<String> {
                    public String call() {
                        return new tools.jackson.databind.json.JsonMapper()
                            .readTree("{\\"a\\": [1, 2, {\\"b\\": null}], \\"c\\": 1.5}").toString();
                    }
                }
                """);
        Jars.write(folder.resolve("plugin.jar"), classes);
        Files.createDirectory(folder.resolve("lib"));
        for (Path jar : librariesOfTheTests()) {
            if (jar.getFileName().toString().startsWith("jackson-")) {
                Files.copy(jar, folder.resolve("lib").resolve(jar.getFileName()));
            }
        }
        try (PluginClassLoader loader = Loaders.open(folder, "plugin.jar")) {
            Callable<?> code =
                    (Callable<?>) loader.loadClass("Tree").getConstructor().newInstance();
            assertThat(code.call()).isEqualTo("{\"a\":[1,2,{\"b\":null}],\"c\":1.5}");
            assertThat(loader.loadClass("tools.jackson.databind.ObjectMapper").getClassLoader())
                    .isSameAs(loader);
        }
    }

    @Test
    void loopsMadeOfExceptionHandlersAreStopped() throws Exception {
        ClassDesc exception = ClassDesc.of("java.lang.IllegalStateException");
        byte[] loop = loopClass(ClassFile.latestMajorVersion(), code -> {
            Label body = code.newLabel();
            Label end = code.newLabel();
            Label handler = code.newLabel();
            code.goto_(body)
                    .labelBinding(handler)
                    .pop()
                    .labelBinding(body)
                    .new_(exception)
                    .dup()
                    .invokespecial(exception, ConstantDescs.INIT_NAME, VOID)
                    .athrow()
                    .labelBinding(end)
                    .exceptionCatch(body, end, handler, exception);
        });
        assertStopped(loop);
    }

    @Test
    void oldClassFilesAreStoppedToo() throws Exception {
        assertStopped(loopClass(ClassFile.JAVA_1_VERSION, LoopPollsTest::smallLoop));
        assertStopped(loopClass(ClassFile.JAVA_6_VERSION, LoopPollsTest::smallLoop));
    }

    @Test
    void codeThatCatchesEveryErrorForEverIsParkedUntilTheStopIsCleared() throws Exception {
        byte[] loop = loopClass(ClassFile.latestMajorVersion(), code -> {
            Label start = code.newLabel();
            Label end = code.newLabel();
            Label handler = code.newLabel();
            // Java has no words for it: the handler is within what it guards, and so is the way back.
            code.goto_(start)
                    .labelBinding(handler)
                    .pop()
                    .labelBinding(start)
                    .invokestatic(ClassDesc.of("java.lang.Thread"), "yield", VOID)
                    .goto_(start)
                    .labelBinding(end)
                    .exceptionCatchAll(handler, end, handler);
        });
        Jars.write(folder.resolve("plugin.jar"), Map.of("Loop.class", loop));
        try (PluginClassLoader loader = Loaders.open(folder, "plugin.jar", ImportedPackages.NONE, gaps::add)) {
            Thread thread = start(loader);
            // On its way into the loop it would leave at once.
            awaitCall(thread, "yield");
            loader.pollSwitch().stop(thread);
            awaitState(thread, Thread.State.WAITING);
            thread.interrupt();
            awaitState(thread, Thread.State.WAITING);
            loader.pollSwitch().clear(thread);
            awaitState(thread, Thread.State.RUNNABLE);
            // It would spin to the end of the tests.
            loader.pollSwitch().stop(thread);
            awaitState(thread, Thread.State.WAITING);
        }
    }

    private static void awaitCall(Thread thread, String method) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (Arrays.stream(thread.getStackTrace())
                .noneMatch(frame -> frame.getMethodName().equals(method))) {
            assertThat(System.nanoTime() - end).as(method).isNegative();
        }
    }

    private static void awaitState(Thread thread, Thread.State state) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (thread.getState() != state) {
            assertThat(System.nanoTime() - end).as(thread.getState().toString()).isNegative();
            Thread.onSpinWait();
        }
    }

    @Test
    void classFilesThatAreNotUnderstoodAreLeftAsTheyAreAndReported() {
        byte[] damaged = loopClass(ClassFile.latestMajorVersion(), LoopPollsTest::smallLoop);
        // The count of the constant pool now promises entries that are not there.
        damaged[8] = 0x7f;

        assertThat(loopPolls.addTo("Loop", damaged)).isSameAs(damaged);
        assertThat(gaps)
                .singleElement()
                .satisfies(gap -> assertThat(gap.reason()).contains("not understood"));
    }

    @Test
    void whatIsNoClassFileIsLeftToTheJvm() {
        byte[] text = "not a class".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertThat(loopPolls.addTo("Loop", text)).isSameAs(text);
        assertThat(loopPolls.addTo("Loop", new byte[0])).isEmpty();
    }

    @Test
    void aMethodThatWouldBecomeTooLargeIsLeftOutAndTheOthersAreStopped() throws Exception {
        byte[] loop = loopClass(
                ClassFile.latestMajorVersion(),
                LoopPollsTest::smallLoop,
                // 65,535 bytes: nothing more fits in.
                code -> nops(code, 65_530).goto_w(code.startLabel()));
        assertStopped(loop);
        assertThat(gaps).singleElement().satisfies(gap -> {
            assertThat(gap.where()).isEqualTo("Loop.large");
            assertThat(gap.reason()).contains("too large");
        });
    }

    @Test
    void aMethodWhoseBranchesWouldNoLongerReachIsLeftOutAndTheOthersAreStopped() throws Exception {
        byte[] loop = loopClass(
                ClassFile.latestMajorVersion(),
                LoopPollsTest::smallLoop,
                code -> nops(code, 32_766).goto_(code.startLabel()));
        assertStopped(loop);
        assertThat(gaps)
                .singleElement()
                .satisfies(gap -> assertThat(gap.where()).isEqualTo("Loop.large"));
    }

    private static void smallLoop(CodeBuilder code) {
        code.goto_(code.startLabel());
    }

    private static CodeBuilder nops(CodeBuilder code, int count) {
        for (int i = 0; i < count; i++) {
            code.nop();
        }
        return code;
    }

    private static byte[] loopClass(int version, Consumer<CodeBuilder> run) {
        return loopClass(version, run, CodeBuilder::return_);
    }

    /** A {@code Runnable} of the name {@code Loop} with the code in {@code run} and in another method. */
    private static byte[] loopClass(int version, Consumer<CodeBuilder> run, Consumer<CodeBuilder> large) {
        return ClassFile.of(ClassFile.DeadCodeOption.KEEP_DEAD_CODE, ClassFile.StackMapsOption.STACK_MAPS_WHEN_REQUIRED)
                .build(
                        LOOP,
                        type -> type.withVersion(version, 0)
                                .withInterfaceSymbols(ClassDesc.of("java.lang.Runnable"))
                                .withFlags(ClassFile.ACC_PUBLIC)
                                .withMethodBody(
                                        ConstantDescs.INIT_NAME,
                                        VOID,
                                        ClassFile.ACC_PUBLIC,
                                        code -> code.aload(0)
                                                .invokespecial(ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, VOID)
                                                .return_())
                                .withMethodBody("run", VOID, ClassFile.ACC_PUBLIC, run)
                                .withMethodBody("large", VOID, ClassFile.ACC_PUBLIC, large));
    }

    private void assertStopped(byte[] loopClass)
            throws IOException, ReflectiveOperationException, InterruptedException {
        Jars.write(folder.resolve("plugin.jar"), Map.of("Loop.class", loopClass));
        try (PluginClassLoader loader = Loaders.open(folder, "plugin.jar", ImportedPackages.NONE, gaps::add)) {
            AtomicReference<Throwable> error = new AtomicReference<>();
            Thread thread = start(loader);
            thread.setUncaughtExceptionHandler((ignored, thrown) -> error.set(thrown));
            loader.pollSwitch().stop(thread);
            assertThat(thread.join(LIMIT)).isTrue();
            assertThat(error.get()).isInstanceOf(PluginStopped.class);
        }
    }

    private static Thread start(PluginClassLoader loader) throws ReflectiveOperationException {
        Runnable code = (Runnable) loader.loadClass("Loop").getConstructor().newInstance();
        return Thread.ofPlatform().daemon().name("mortise-test-loop").start(code);
    }
}

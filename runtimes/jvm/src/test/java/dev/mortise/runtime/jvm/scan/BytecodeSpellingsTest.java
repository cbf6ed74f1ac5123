package dev.mortise.runtime.jvm.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.runtime.jvm.fixture.PluginPackage;
import dev.mortise.runtime.jvm.fixture.Sources;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What no compiler of Java writes, but the JVM takes. */
class BytecodeSpellingsTest {

    private static final MethodTypeDesc NOTHING = MethodTypeDesc.of(ConstantDescs.CD_void);
    private static final ClassDesc SYSTEM = ClassDesc.of("java.lang.System");
    private static final MethodTypeDesc EXIT = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);
    private static final DirectMethodHandleDesc SYSTEM_EXIT =
            MethodHandleDesc.ofMethod(DirectMethodHandleDesc.Kind.STATIC, SYSTEM, "exit", EXIT);

    private static final Map<String, byte[]> MAIN =
            Sources.compile("package com.example; public class Main implements dev.mortise.api.Plugin {}");

    @TempDir
    Path folder;

    @Test
    void aMethodHandleAsAConstantIsSeen() {
        assertRefused(code(code -> code.loadConstant(SYSTEM_EXIT).pop().return_()), "exit", "java.lang.System.exit");
    }

    @Test
    void aMethodHandleInADynamicConstantIsSeen() {
        DynamicConstantDesc<Object> constant =
                DynamicConstantDesc.ofNamed(ConstantDescs.BSM_INVOKE, "_", ConstantDescs.CD_Object, SYSTEM_EXIT, 1);

        assertRefused(code(code -> code.loadConstant(constant).pop().return_()), "exit", "java.lang.System.exit");
    }

    @Test
    void aDynamicConstantInADynamicConstantIsSeen() {
        DynamicConstantDesc<Object> inner =
                DynamicConstantDesc.ofNamed(ConstantDescs.BSM_INVOKE, "_", ConstantDescs.CD_Object, SYSTEM_EXIT, 1);
        DynamicConstantDesc<Object> outer = DynamicConstantDesc.ofNamed(
                ConstantDescs.BSM_INVOKE, "_", ConstantDescs.CD_Object, objects("requireNonNull"), inner);

        assertRefused(code(code -> code.loadConstant(outer).pop().return_()), "exit", "java.lang.System.exit");
    }

    private static DirectMethodHandleDesc objects(String method) {
        return MethodHandleDesc.ofMethod(
                DirectMethodHandleDesc.Kind.STATIC,
                ClassDesc.of("java.util.Objects"),
                method,
                MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_Object));
    }

    @Test
    void aStaticFieldByANameIsSeen() {
        DynamicConstantDesc<Object> constant = DynamicConstantDesc.ofNamed(
                ConstantDescs.ofConstantBootstrap(
                        ClassDesc.of("java.lang.invoke.ConstantBootstraps"),
                        "getStaticFinal",
                        ConstantDescs.CD_Object,
                        ConstantDescs.CD_Class),
                "in",
                ClassDesc.of("java.io.InputStream"),
                SYSTEM);

        assertRefused(
                code(code -> code.loadConstant(constant).pop().return_()),
                "reflection",
                "java.lang.invoke.ConstantBootstraps.getStaticFinal");
    }

    @Test
    void aBootstrapMethodOfThePluginsOwnIsSeen() {
        ClassDesc own = ClassDesc.of("com.example.Evil");
        DirectMethodHandleDesc link = ConstantDescs.ofCallsiteBootstrap(own, "link", ConstantDescs.CD_CallSite);

        assertRefused(
                code(code -> code.invokedynamic(DynamicCallSiteDesc.of(link, "x", NOTHING))
                        .return_()),
                "reflection",
                "com.example.Evil.link");
    }

    @Test
    void aMethodOfEveryObjectByTheNameOfAnotherClassIsSeen() {
        Map<String, byte[]> hook = Sources.compile("""
                package com.example; import dev.mortise.api.*;
                public class Main implements Hook {
                    public Decision execute(HookContext c) { Evil.run(); return Decision.passthrough(); }
                }
                class Evil { static void run() { } }
                """);
        PluginPackage plugin = PluginPackage.of("com.example.Main", hook)
                .with(evil(type -> method(
                        type,
                        code -> code.loadConstant("x")
                                .invokevirtual(ConstantDescs.CD_String, "wait", NOTHING)
                                .return_())));

        assertRefused(plugin, "blocking", "java.lang.String.wait");
    }

    @Test
    void aMethodOfAnArrayIsOneOfEveryObject() {
        PluginPackage plugin = code(code -> code.aconst_null()
                .checkcast(ConstantDescs.CD_String.arrayType())
                .invokevirtual(ConstantDescs.CD_String.arrayType(), "clone", MethodTypeDesc.of(ConstantDescs.CD_Object))
                .pop()
                .return_());

        assertThat(plugin.violations(folder)).isEmpty();
    }

    @Test
    void aStaticMethodByTheNameOfASubclassOfTheJdksIsSeen() {
        ClassDesc loader = ClassDesc.of("java.security.SecureClassLoader");

        assertRefused(
                code(code -> code.invokestatic(
                                loader,
                                "getSystemClassLoader",
                                MethodTypeDesc.of(ClassDesc.of("java.lang.ClassLoader")))
                        .pop()
                        .return_()),
                "class_loading",
                "java.security.SecureClassLoader.getSystemClassLoader");
    }

    @Test
    void aForbiddenMethodByTheNameOfAFreeSubclassIsSeen() {
        assertRefused(
                code(code -> code.aconst_null()
                        .invokevirtual(
                                ClassDesc.of("java.util.ArrayList"),
                                "parallelStream",
                                MethodTypeDesc.of(ClassDesc.of("java.util.stream.Stream")))
                        .pop()
                        .return_()),
                "threads",
                "java.util.ArrayList.parallelStream");
    }

    @Test
    void anEntryThatNoInstructionUsesIsSeen() {
        assertRefused(
                PluginPackage.of("com.example.Main", MAIN)
                        .with(evil(type -> type.constantPool().methodRefEntry(SYSTEM, "exit", EXIT))),
                "exit",
                "java.lang.System.exit");
    }

    @Test
    void aNativeMethodIsSeen() {
        assertRefused(
                PluginPackage.of("com.example.Main", MAIN)
                        .with(evil(type -> type.withMethod(
                                "call", NOTHING, ClassFile.ACC_NATIVE | ClassFile.ACC_STATIC, method -> {}))),
                "native",
                "com.example.Evil.call");
    }

    @Test
    void internalsOfTheJdkAreSeen() {
        assertRefused(
                code(code -> code.invokestatic(
                                ClassDesc.of("jdk.internal.misc.Unsafe"),
                                "getUnsafe",
                                MethodTypeDesc.of(ClassDesc.of("jdk.internal.misc.Unsafe")))
                        .pop()
                        .return_()),
                "native",
                "jdk.internal.misc.Unsafe.getUnsafe");
        assertRefused(
                code(code -> code.new_(ClassDesc.of("sun.nio.fs.LinuxFileSystemProvider"))
                        .pop()
                        .return_()),
                "unknown",
                "sun.nio.fs.LinuxFileSystemProvider");
    }

    @Test
    void aTypeThatIsOnlyNamedIsSeen() {
        assertRefused(
                code(code -> code.aconst_null()
                        .checkcast(ClassDesc.of("java.net.Socket"))
                        .pop()
                        .return_()),
                "network",
                "java.net.Socket");
        assertRefused(
                code(code -> code.loadConstant(MethodTypeDesc.of(ClassDesc.of("java.lang.foreign.Arena")))
                        .pop()
                        .return_()),
                "native",
                "java.lang.foreign.Arena");
        assertRefused(
                PluginPackage.of("com.example.Main", MAIN)
                        .with(evil(type -> type.withField(
                                "socket", ClassDesc.of("java.net.Socket").arrayType(2), 0))),
                "network",
                "java.net.Socket");
    }

    @Test
    void aClassThatALibraryAddsToAPackageOfTheJdksIsTheLibrarys() {
        ClassDesc extra = ClassDesc.of("javax.naming.Extra");
        PluginPackage plugin =
                code(code -> code.invokestatic(extra, "run", NOTHING).return_());

        assertRefused(plugin, "network", "javax.naming.Extra.run");
        assertThat(plugin.library(
                                "extra.jar",
                                Map.of(
                                        "javax/naming/Extra.class",
                                        type("javax.naming.Extra", type -> method(type, CodeBuilder::return_))))
                        .violations(folder))
                .isEmpty();
    }

    @Test
    void parentsThatGoInACircleDoNotEndTheScan() {
        Map<String, byte[]> one = Map.of(
                "com/example/One.class",
                type("com.example.One", b -> b.withSuperclass(ClassDesc.of("com.example.Two"))));
        Map<String, byte[]> two = Map.of(
                "com/example/Two.class",
                type("com.example.Two", b -> b.withSuperclass(ClassDesc.of("com.example.One"))));
        PluginPackage plugin = code(code -> code.invokestatic(ClassDesc.of("com.example.One"), "x", NOTHING)
                        .return_())
                .with(one)
                .with(two);

        assertThat(plugin.violations(folder)).isEmpty();
    }

    @Test
    void namesThatAreNoneAreNotRepeatedAsTheyAre() {
        String name = "com.example.Evil\nERROR forged line\u001b(31m" + "x".repeat(1_000);
        PluginPackage plugin = PluginPackage.of("com.example.Main", MAIN)
                .with(Map.of(
                        name.replace('.', '/') + ".class",
                        ClassFile.of()
                                .build(
                                        ClassDesc.ofInternalName(name.replace('.', '/')),
                                        type -> method(
                                                type,
                                                code -> code.iconst_0()
                                                        .invokestatic(SYSTEM, "exit", EXIT)
                                                        .return_()))));

        assertThat(plugin.violations(folder))
                .isNotEmpty()
                .allSatisfy(violation -> assertThat(violation.text("message").orElseThrow())
                        .startsWith("com.example.Evil?ERROR forged line?(31m")
                        .hasSizeLessThan(1_000)
                        .doesNotContain("\n"));
    }

    private static PluginPackage code(Consumer<CodeBuilder> code) {
        return PluginPackage.of("com.example.Main", MAIN).with(evil(type -> method(type, code)));
    }

    private static Map<String, byte[]> evil(Consumer<ClassBuilder> content) {
        return Map.of("com/example/Evil.class", type("com.example.Evil", content));
    }

    private static byte[] type(String name, Consumer<ClassBuilder> content) {
        return ClassFile.of().build(ClassDesc.of(name), content);
    }

    private static void method(ClassBuilder type, Consumer<CodeBuilder> code) {
        type.withMethodBody("run", NOTHING, ClassFile.ACC_STATIC | ClassFile.ACC_PUBLIC, code);
    }

    private void assertRefused(PluginPackage plugin, String category, String target) {
        assertThat(plugin.violations(folder)).anySatisfy(violation -> {
            assertThat(violation.text("category")).hasValue(category);
            assertThat(violation.text("refers_to")).hasValue(target);
        });
    }
}

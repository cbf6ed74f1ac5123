package dev.mortise.runtime.jvm.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RuleTableTest {

    private static final RuleTable REFERENCES = RuleTable.references();
    private static final JdkTypes JDK = new JdkTypes();
    private static final RuleTable WAITS = RuleTable.waits();

    @Test
    void theLongestOwnerDecidesAndThenTheMemberThatIsNamed() {
        RuleTable table = RuleTable.of(
                List.of(
                        "# a comment",
                        "java.io.**           unknown  never",
                        "java.io.*            -        free",
                        "java.io.File         files    read",
                        "java.io.File         -        free    getName .class",
                        "java.io.File         files    write   delete* new(java.lang.String,..) list()",
                        "java.io.File$*       files    run"),
                Rule.UNKNOWN);

        assertThat(find(table, "java.io.Reader", "read", "()I").isFree()).isTrue();
        assertThat(find(table, "java.io.deep.Reader", "read", "()I").category()).isEqualTo(Category.UNKNOWN);
        assertThat(find(table, "java.io.File", "getName", "()Ljava/lang/String;")
                        .isFree())
                .isTrue();
        assertThat(find(table, "java.io.File", "exists", "()Z").requirement()).isEqualTo(Requirement.parse("read"));
        assertThat(find(table, "java.io.File", "deleteOnExit", "()V").requirement())
                .isEqualTo(Requirement.parse("write"));
        assertThat(find(table, "java.io.File", "<init>", "(Ljava/lang/String;)V")
                        .requirement())
                .isEqualTo(Requirement.parse("write"));
        assertThat(find(table, "java.io.File", "<init>", "(Ljava/net/URI;)V").requirement())
                .isEqualTo(Requirement.parse("read"));
        assertThat(find(table, "java.io.File", "list", "(Ljava/io/FilenameFilter;)[Ljava/lang/String;")
                        .requirement())
                .isEqualTo(Requirement.parse("read"));
        assertThat(find(table, "java.io.File$Inner", ".class", "").requirement())
                .isEqualTo(Requirement.parse("run"));
        assertThat(find(table, "org.example.Any", ".class", "")).isEqualTo(Rule.UNKNOWN);
    }

    @Test
    void linesThatContradictEachOtherOrMakeNoSenseAreBugs() {
        for (List<String> lines : List.of(
                List.of("java.io.* -"),
                List.of("java.io.* nonsense free x", "java.io.* nonsense read"),
                List.of("java.io.File files nonsense"),
                List.of("java.io.File files read", "java.io.File files write"),
                List.of("java.io.File files read list", "java.io.File files write list"))) {
            assertThatThrownBy(() -> RuleTable.of(lines, Rule.FREE)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void permissionsCanBeAlternativesAndAddUp() {
        Requirement requirement = Requirement.parse("read+network|listen");

        assertThat(requirement.isMetBy(Set.of(Permission.READ))).isFalse();
        assertThat(requirement.isMetBy(Set.of(Permission.READ, Permission.LISTEN)))
                .isTrue();
        assertThat(requirement.isMetBy(Set.of(Permission.NETWORK, Permission.LISTEN)))
                .isFalse();
        assertThat(Requirement.parse("never").isMetBy(Set.of(Permission.values())))
                .isFalse();
    }

    @Test
    void everyLineIsAboutSomethingThatThisJdkHas() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String table : List.of("references.rules", "waits.rules")) {
            try (var file = RuleTable.class.getResourceAsStream(table)) {
                new String(file.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .map(line -> line.split("\\s+"))
                        .filter(columns -> !columns[0].endsWith("*"))
                        .forEach(columns -> check(columns, wrong));
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static void check(String[] columns, List<String> wrong) {
        Class<?> type;
        try {
            type = Class.forName(columns[0], false, ClassLoader.getPlatformClassLoader());
        } catch (ClassNotFoundException e) {
            // Some modules are not in every JVM.
            if (columns[0].startsWith("java.")) {
                wrong.add(columns[0]);
            }
            return;
        }
        for (String member : Arrays.asList(columns).subList(3, columns.length)) {
            MemberPattern pattern = MemberPattern.parse(member);
            boolean found = member.startsWith(".")
                    || members(type).anyMatch(reference -> pattern.matches(reference.member(), reference.descriptor()));
            if (!found) {
                wrong.add(columns[0] + " " + member);
            }
        }
    }

    private static Stream<Reference> members(Class<?> type) {
        Stream<Reference> fields = Stream.concat(
                        Arrays.stream(type.getFields()), Arrays.stream(type.getDeclaredFields()))
                .map(field -> new Reference(
                        type.getName(), field.getName(), field.getType().descriptorString()));
        Stream<Reference> methods = Stream.of(
                        type.getMethods(),
                        type.getDeclaredMethods(),
                        type.getConstructors(),
                        type.getDeclaredConstructors())
                .flatMap(Arrays::stream)
                .map(RuleTableTest::reference);
        return Stream.concat(fields, methods);
    }

    private static Reference reference(Executable member) {
        return reference(member.getDeclaringClass(), member);
    }

    private static Reference reference(Class<?> owner, Executable member) {
        Class<?> result = member instanceof Method method ? method.getReturnType() : void.class;
        return new Reference(
                owner.getName(),
                member instanceof Constructor<?> ? "<init>" : member.getName(),
                MethodType.methodType(result, member.getParameterTypes()).toMethodDescriptorString());
    }

    /** What hands out files, connections, classes or threads is not free, but for what is known to be harmless. */
    @Test
    void nothingFreeLeadsToAnythingThatIsNot() {
        Set<Class<?>> sources = Set.of(
                ClassLoader.class,
                Module.class,
                ModuleLayer.class,
                Process.class,
                ProcessHandle.class,
                java.lang.invoke.MethodHandles.Lookup.class,
                java.lang.reflect.Method.class,
                java.lang.reflect.Constructor.class,
                java.lang.reflect.Field.class,
                java.io.FileDescriptor.class,
                java.net.Socket.class,
                java.net.URLConnection.class,
                java.nio.channels.FileChannel.class,
                java.security.Provider.class,
                java.security.Provider[].class,
                java.util.logging.Handler.class,
                java.util.logging.Handler[].class,
                ThreadGroup.class,
                ExecutorService.class,
                java.util.concurrent.ForkJoinPool.class);
        Set<String> harmless = Set.of(
                // Of annotations that are wrong; there is none in a class file that a compiler wrote.
                "java.lang.annotation.AnnotationTypeMismatchException.element",
                // Wraps one that is already there.
                "java.util.concurrent.Executors.unconfigurableExecutorService");
        List<String> leads = new ArrayList<>();
        freeMembers().forEach(member -> {
            if (member instanceof Method method && sources.contains(method.getReturnType())) {
                leads.add(method.getDeclaringClass().getName() + "." + method.getName());
            }
        });
        assertThat(leads).allMatch(harmless::contains);
    }

    @Test
    void nothingFreeTakesTheNameOfAFileAndOpensIt() {
        List<String> takers = new ArrayList<>();
        freeMembers()
                .filter(member -> Arrays.stream(member.getParameterTypes())
                        .anyMatch(type -> type == File.class || type == Path.class))
                .forEach(member -> takers.add(member.getDeclaringClass().getName()));
        assertThat(takers)
                .containsOnly(
                        "java.io.File",
                        "java.io.FileFilter",
                        "java.io.FilenameFilter",
                        "java.nio.file.Path",
                        "java.nio.file.PathMatcher");
    }

    @Test
    void noFreeClassInheritsFromOneThatIsNot() {
        List<String> heirs = new ArrayList<>();
        exportedClasses()
                .filter(type ->
                        find(REFERENCES, type.getName(), Reference.CLASS, "").isFree())
                .forEach(type -> {
                    for (Class<?> above = type.getSuperclass(); above != null; above = above.getSuperclass()) {
                        if (!find(REFERENCES, above.getName(), Reference.CLASS, "")
                                .isFree()) {
                            heirs.add(type.getName());
                        }
                    }
                });
        assertThat(heirs)
                .isSubsetOf(
                        // In memory, and made by nothing else than a pipe.
                        "java.nio.channels.Pipe$SinkChannel",
                        "java.nio.channels.Pipe$SourceChannel",
                        // An address that nothing free reads.
                        "java.security.URIParameter");
    }

    @Test
    void everyMethodThatMayWaitForEverIsKnown() {
        for (String[] call : new String[][] {
            {"java.util.concurrent.SynchronousQueue", "put", "(Ljava/lang/Object;)V"},
            {"java.util.concurrent.locks.ReentrantReadWriteLock$WriteLock", "lock", "()V"},
            {"java.util.concurrent.ForkJoinTask", "join", "()Ljava/lang/Object;"},
            {"java.util.concurrent.FutureTask", "get", "()Ljava/lang/Object;"},
            {"java.util.concurrent.ThreadPoolExecutor", "awaitTermination", "(JLjava/util/concurrent/TimeUnit;)Z"},
            {"java.lang.Integer", "wait", "(J)V"},
        }) {
            assertThat(find(WAITS, call[0], call[1], call[2]).isFree())
                    .as(call[0] + "." + call[1])
                    .isFalse();
        }
        assertThat(find(WAITS, "java.util.concurrent.SynchronousQueue", "offer", "(Ljava/lang/Object;)Z")
                        .isFree())
                .isTrue();
        assertThat(find(WAITS, "java.util.Map", "get", "(Ljava/lang/Object;)Ljava/lang/Object;")
                        .isFree())
                .isTrue();
    }

    private static Stream<Executable> freeMembers() {
        return exportedClasses()
                .filter(type ->
                        find(REFERENCES, type.getName(), Reference.CLASS, "").isFree())
                .flatMap(type -> Stream.<Executable>concat(
                                Arrays.stream(type.getDeclaredConstructors()), Arrays.stream(type.getDeclaredMethods()))
                        .filter(member -> (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0)
                        .filter(member -> {
                            Reference reference = reference(type, member);
                            return find(REFERENCES, type.getName(), reference.member(), reference.descriptor())
                                    .isFree();
                        }));
    }

    /** Every public class of a package that any module of the JDK shows to everybody. */
    private static Stream<Class<?>> exportedClasses() {
        return ModuleLayer.boot().modules().stream()
                .filter(module ->
                        module.getName().startsWith("java.") || module.getName().startsWith("jdk."))
                .flatMap(RuleTableTest::classes)
                .filter(type -> Modifier.isPublic(type.getModifiers()));
    }

    private static Stream<Class<?>> classes(Module module) {
        Path root = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules", module.getName());
        try (Stream<Path> files = Files.walk(root)) {
            return files
                    .map(file -> root.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.equals("module-info.class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .filter(name -> module.isExported(name.substring(0, name.lastIndexOf('.'))))
                    .<Class<?>>map(name -> Class.forName(module, name))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Rule find(RuleTable table, String owner, String member, String descriptor) {
        return table.find(new Reference(owner, member, descriptor), parent -> JDK.isSubclass(owner, parent));
    }
}

package dev.mortise.runtime.jvm.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.runtime.jvm.fixture.PluginPackage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One line of code that wants more than nothing: refused with its place and its permission, and taken with that. */
class HostileReferencesTest {

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            read a file               | files         | read        | java.nio.file.Files.readString | return Files.readString(Path.of("/etc/passwd"));
            file stream               | files         | read        | java.io.FileInputStream.new    | return new FileInputStream("/etc/passwd").read();
            file reader               | files         | read        | java.io.FileReader.new         | return new FileReader("/etc/passwd");
            scanner of a file         | files         | read        | java.util.Scanner.new          | return new Scanner(new File("/etc/passwd")).nextLine();
            scanner of a path         | files         | read        | java.util.Scanner.new          | return new Scanner(Path.of("/etc/passwd")).nextLine();
            does a file exist         | files         | read        | java.io.File.exists            | return new File("/root").exists();
            list a folder             | files         | read        | java.nio.file.Files.list       | return Files.list(Path.of("/")).toList();
            resolve links             | files         | read        | java.nio.file.Path.toRealPath  | return Path.of("x").toRealPath();
            zip file                  | files         | read        | java.util.zip.ZipFile.new      | return new java.util.zip.ZipFile("x.jar");
            file through a lambda     | files         | read        | java.nio.file.Files.readString | Callable<String> c = () -> Files.readString(Path.of("x")); return c.call();
            file by method reference  | files         | read        | java.nio.file.Files.size       | kept = (java.util.function.Function<Path, Object>) Bad::of; return null; ## static Object of(Path p) { try { Callable<Long> c = () -> Files.size(p); return c.call(); } catch (Exception e) { return null; } }
            write a file              | files         | write       | java.nio.file.Files.writeString | return Files.writeString(Path.of("x"), "y");
            delete a file             | files         | write       | java.io.File.delete            | return new File("x").delete();
            print stream to a file    | files         | write       | java.io.PrintStream.new        | return new PrintStream("x");
            formatter to a file       | files         | write       | java.util.Formatter.new        | return new Formatter("x");
            log file                  | files         | write       | java.util.logging.FileHandler.new | return new java.util.logging.FileHandler("x");
            preferences               | files         | read,write  | java.util.prefs.Preferences.userRoot | return java.util.prefs.Preferences.userRoot();
            random access             | files         | read        | java.io.RandomAccessFile.new   | return new RandomAccessFile("x", "rw");
            file channel              | files         | read        | java.nio.channels.FileChannel.open | return java.nio.channels.FileChannel.open(Path.of("x"));
            zip file system           | files         | read,write  | java.nio.file.FileSystems.newFileSystem | return FileSystems.newFileSystem(Path.of("x.zip"));
            http client               | network       | network     | java.net.http.HttpClient.newHttpClient | return java.net.http.HttpClient.newHttpClient();
            socket                    | network       | network     | java.net.Socket.new            | return new Socket("example.com", 80);
            socket channel            | network       | network     | java.nio.channels.SocketChannel.open | return java.nio.channels.SocketChannel.open();
            datagram                  | network       | network     | java.net.DatagramSocket.new    | return new DatagramSocket();
            look up a name            | network       | network     | java.net.InetAddress.getByName | return InetAddress.getByName("example.com");
            url                       | network       | network     | java.net.URL.openStream        | return URI.create("file:/etc/passwd").toURL().openStream();
            url by resource           | network       | network     | java.net.URL.getContent        | return Bad.class.getResource("x").getContent();
            url in a set              | network       | network     | java.net.URI.toURL             | return Set.of(URI.create("http://secret.example.com").toURL());
            url from its text         | network       | network     | java.net.URL.new               | return new HashSet<>(List.of(new URL("http://secret.example.com")));
            key stores by address     | network       | network,read | java.security.DomainLoadStoreParameter.new | return new java.security.DomainLoadStoreParameter(URI.create("http://x"), Map.of());
            url that is compared      | network       | network     | java.net.URL.equals            | return URI.create("http://a").toURL().equals(in);
            tls socket                | network       | network     | javax.net.ssl.SSLSocketFactory.getDefault | return javax.net.ssl.SSLSocketFactory.getDefault();
            ldap                      | network       | network,reflection | javax.naming.InitialContext.new | return new javax.naming.InitialContext();
            rmi                       | network       | network,reflection | java.rmi.Naming.lookup  | return java.rmi.Naming.lookup("rmi://x");
            database                  | network       | network     | java.sql.DriverManager.getConnection | return java.sql.DriverManager.getConnection("jdbc:x");
            xml that names others     | network       | network,read | javax.xml.parsers.DocumentBuilderFactory.newInstance | return javax.xml.parsers.DocumentBuilderFactory.newInstance();
            listen                    | listen        | listen      | java.net.ServerSocket.new      | return new ServerSocket(8080);
            listen by channel         | listen        | listen      | java.nio.channels.ServerSocketChannel.open | return java.nio.channels.ServerSocketChannel.open();
            http server               | listen        | listen      | com.sun.net.httpserver.HttpServer.create | return com.sun.net.httpserver.HttpServer.create();
            exec                      | processes     | run         | java.lang.Runtime.exec         | return Runtime.getRuntime().exec(new String[] {"id"});
            process builder           | processes     | run         | java.lang.ProcessBuilder.new   | return new ProcessBuilder("id").start();
            processes of others       | processes     | run         | java.lang.ProcessHandle.allProcesses | return ProcessHandle.allProcesses().toList();
            kill the host             | processes     | run         | java.lang.ProcessHandle.current | return ProcessHandle.current().destroy();
            environment               | environment   | environment | java.lang.System.getenv        | return System.getenv("PATH");
            system property           | environment   | environment | java.lang.System.getProperty   | return System.getProperty("user.home");
            property as a number      | environment   | environment | java.lang.Integer.getInteger   | return Integer.getInteger("x");
            property as a flag        | environment   | environment | java.lang.Boolean.getBoolean   | return Boolean.getBoolean("x");
            class by name             | reflection    | reflection  | java.lang.Class.forName        | return Class.forName("java.lang.Runtime");
            methods                   | reflection    | reflection  | java.lang.Class.getMethods     | return String.class.getMethods();
            private fields            | reflection    | reflection  | java.lang.Class.getDeclaredField | return String.class.getDeclaredField("value");
            accessible                | reflection    | reflection  | java.lang.reflect.AccessibleObject.setAccessible | ((java.lang.reflect.AccessibleObject) in).setAccessible(true); return null;
            invoke                    | reflection    | reflection  | java.lang.reflect.Method.invoke | return ((java.lang.reflect.Method) in).invoke(null);
            proxy                     | reflection    | reflection  | java.lang.reflect.Proxy.newProxyInstance | return java.lang.reflect.Proxy.newProxyInstance(null, null, null);
            lookup                    | reflection    | reflection  | java.lang.invoke.MethodHandles.lookup | return MethodHandles.lookup();
            public lookup             | reflection    | reflection  | java.lang.invoke.MethodHandles.publicLookup | return MethodHandles.publicLookup();
            method handle             | reflection    | reflection  | java.lang.invoke.MethodHandle.invoke | return ((MethodHandle) in).invoke();
            var handle                | reflection    | reflection  | java.lang.invoke.VarHandle.get | return (Object) ((VarHandle) in).get();
            stack walker              | reflection    | reflection  | java.lang.StackWalker.getInstance | return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE).getCallerClass();
            beans                     | reflection    | reflection  | java.beans.Introspector.getBeanInfo | return java.beans.Introspector.getBeanInfo(String.class);
            class loader              | class_loading | reflection  | java.lang.Class.getClassLoader | return Bad.class.getClassLoader();
            system class loader       | class_loading | reflection  | java.lang.ClassLoader.getSystemClassLoader | return ClassLoader.getSystemClassLoader();
            context class loader      | class_loading | reflection  | java.lang.Thread.getContextClassLoader | return Thread.currentThread().getContextClassLoader();
            module                    | class_loading | reflection  | java.lang.Class.getModule      | return String.class.getModule();
            service loader            | class_loading | reflection  | java.util.ServiceLoader.load   | return ServiceLoader.load(Runnable.class);
            class by a security service | class_loading | reflection | java.security.Provider$Service.newInstance | return ((java.security.Provider.Service) in).newInstance("/etc/passwd");
            library by a token        | native        | native      | java.security.Provider.configure | return ((java.security.Provider) in).configure("/tmp/x.cfg");
            shared security provider  | global_state  | reflection  | java.security.MessageDigest.getProvider | Map<Object, Object> all = java.security.MessageDigest.getInstance("MD5").getProvider(); all.clear(); return null;
            shared cipher provider    | global_state  | reflection  | javax.crypto.Cipher.getProvider | return javax.crypto.Cipher.getInstance("AES").getProvider();
            named security provider   | global_state  | reflection  | java.security.Security.getProvider | return java.security.Security.getProvider("SUN");
            url class loader          | class_loading | network,reflection | java.net.URLClassLoader.new | return new URLClassLoader(new URL[0]);
            define a class            | reflection    | reflection  | java.lang.invoke.MethodHandles$Lookup.defineClass | return ((MethodHandles.Lookup) in).defineClass(new byte[0]);
            compiler                  | class_loading | reflection  | javax.tools.ToolProvider.getSystemJavaCompiler | return javax.tools.ToolProvider.getSystemJavaCompiler();
            deserialise               | serialization | reflection  | java.io.ObjectInputStream.new  | return new ObjectInputStream(new ByteArrayInputStream(new byte[0])).readObject();
            xml decoder               | serialization | reflection  | java.beans.XMLDecoder.new      | return new java.beans.XMLDecoder(new ByteArrayInputStream(new byte[0])).readObject();
            sealed object             | serialization | reflection  | javax.crypto.SealedObject.getObject | return ((javax.crypto.SealedObject) in).getObject((java.security.Key) null);
            script                    | scripting     | reflection  | javax.script.ScriptEngineManager.new | return new javax.script.ScriptEngineManager();
            jshell                    | scripting     | reflection  | jdk.jshell.JShell.create       | return jdk.jshell.JShell.create();
            mbean server              | management    | reflection  | java.lang.management.ManagementFactory.getPlatformMBeanServer | return java.lang.management.ManagementFactory.getPlatformMBeanServer();
            command line of the host  | management    | environment | java.lang.management.ManagementFactory.getRuntimeMXBean | return java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments();
            attach                    | management    | native      | com.sun.tools.attach.VirtualMachine.attach | return com.sun.tools.attach.VirtualMachine.attach("1");
            load a library            | native        | native      | java.lang.System.loadLibrary   | System.loadLibrary("x"); return null;
            load by runtime           | native        | native      | java.lang.Runtime.load         | Runtime.getRuntime().load("/x.so"); return null;
            foreign memory            | native        | native      | java.lang.foreign.Arena.global | return java.lang.foreign.Arena.global();
            unsafe                    | native        | native      | sun.misc.Unsafe.getUnsafe      | return sun.misc.Unsafe.getUnsafe();
            desktop                   | native        | native      | java.awt.Desktop.getDesktop    | java.awt.Desktop.getDesktop().open(new File("x")); return null;
            thread                    | threads       | threads     | java.lang.Thread.start         | ((Thread) in).start(); return null;
            thread builder            | threads       | threads     | java.lang.Thread.ofVirtual     | return Thread.ofVirtual().start(() -> {});
            virtual thread            | threads       | threads     | java.lang.Thread.startVirtualThread | return Thread.startVirtualThread(() -> {});
            all threads               | threads       | threads     | java.lang.Thread.getAllStackTraces | return Thread.getAllStackTraces();
            executors                 | threads       | threads     | java.util.concurrent.Executors.newCachedThreadPool | return Executors.newCachedThreadPool();
            pool                      | threads       | threads     | java.util.concurrent.ThreadPoolExecutor.new | return new ThreadPoolExecutor(1, 1, 1, TimeUnit.DAYS, new LinkedBlockingQueue<>());
            common pool               | threads       | threads     | java.util.concurrent.ForkJoinPool.commonPool | return ForkJoinPool.commonPool();
            async                     | threads       | threads     | java.util.concurrent.CompletableFuture.supplyAsync | return CompletableFuture.supplyAsync(() -> 1);
            then async                | threads       | threads     | java.util.concurrent.CompletableFuture.thenApplyAsync | return new CompletableFuture<Object>().thenApplyAsync(x -> x);
            parallel stream           | threads       | threads     | java.util.List.parallelStream  | return List.of(1).parallelStream().toList();
            parallel                  | threads       | threads     | java.util.stream.IntStream.parallel | return IntStream.range(0, 9).parallel().sum();
            parallel sort             | threads       | threads     | java.util.Arrays.parallelSort  | Arrays.parallelSort(new int[9]); return null;
            parallel map              | threads       | threads     | java.util.concurrent.ConcurrentHashMap.forEach | new ConcurrentHashMap<>().forEach(1, (k, v) -> {}); return null;
            timer                     | threads       | threads     | java.util.Timer.new            | return new Timer();
            the delaying thread       | threads       | threads     | java.util.concurrent.CompletableFuture.delayedExecutor | return CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, Runnable::run);
            cleaner                   | threads       | threads     | java.lang.ref.Cleaner.create   | return java.lang.ref.Cleaner.create();
            """)
    void isRefusedAndPermitted(String name, String category, String permissions, String target, String code) {
        PluginPackage plugin = Snippets.function(code);
        List<JsonObject> violations = plugin.violations(folder);

        assertThat(violations).anySatisfy(violation -> {
            assertThat(violation.text("refers_to")).hasValue(target);
            assertThat(violation.text("category")).hasValue(category);
            assertThat(violation.text("class")).hasValue("com.example.Bad");
            assertThat(violation.text("method").orElseThrow()).containsAnyOf("call", "of");
            assertThat(violation.text("message").orElseThrow()).contains("Bad.java:");
        });
        assertThat(plugin.permits(permissions.split(",")).violations(folder)).isEmpty();
        for (String permission : permissions.split(",")) {
            assertThat(violations)
                    .anySatisfy(violation -> assertThat(
                                    violation.array("permissions").orElseThrow().values())
                            .contains(JsonValue.of(permission)));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            exit                     | exit         | java.lang.System.exit                       | System.exit(1); return null;
            exit by method reference | exit         | java.lang.System.exit                       | java.util.function.IntConsumer c = System::exit; c.accept(1); return null;
            halt                     | exit         | java.lang.Runtime.halt                      | Runtime.getRuntime().halt(1); return null;
            shutdown hook            | exit         | java.lang.Runtime.addShutdownHook           | Runtime.getRuntime().addShutdownHook((Thread) in); return null;
            standard output          | global_state | java.lang.System.setOut                     | System.setOut(null); return null;
            standard input           | global_state | java.lang.System.in                         | return System.in.read();
            set a property           | global_state | java.lang.System.setProperty                | return System.setProperty("a", "b");
            set all properties       | global_state | java.lang.System.setProperties              | System.setProperties(new Properties()); return null;
            locale                   | global_state | java.util.Locale.setDefault                 | Locale.setDefault(Locale.ROOT); return null;
            time zone                | global_state | java.util.TimeZone.setDefault               | TimeZone.setDefault(null); return null;
            security provider        | global_state | java.security.Security.addProvider          | return java.security.Security.addProvider(null);
            algorithms of a provider | global_state | java.security.Provider.clear                | java.security.Security.getProvider("SUN").clear(); return null;
            security property        | global_state | java.security.Security.setProperty          | java.security.Security.setProperty("networkaddress.cache.ttl", "0"); return null;
            uncaught exceptions      | global_state | java.lang.Thread.setDefaultUncaughtExceptionHandler | Thread.setDefaultUncaughtExceptionHandler((t, e) -> {}); return null;
            url factory              | global_state | java.net.URL.setURLStreamHandlerFactory     | URL.setURLStreamHandlerFactory(null); return null;
            proxies                  | global_state | java.net.ProxySelector.setDefault           | ProxySelector.setDefault(null); return null;
            authenticator            | global_state | java.net.Authenticator.setDefault           | Authenticator.setDefault(null); return null;
            host names               | global_state | javax.net.ssl.HttpsURLConnection.setDefaultHostnameVerifier | javax.net.ssl.HttpsURLConnection.setDefaultHostnameVerifier((h, s) -> true); return null;
            trust                    | global_state | javax.net.ssl.SSLContext.setDefault         | javax.net.ssl.SSLContext.setDefault(null); return null;
            log manager              | global_state | java.util.logging.LogManager.getLogManager  | java.util.logging.LogManager.getLogManager().reset(); return null;
            root logger              | global_state | java.util.logging.Logger.setLevel           | java.util.logging.Logger.getLogger("").setLevel(null); return null;
            handlers of the host     | global_state | java.util.logging.Logger.getHandlers        | return java.util.logging.Logger.getLogger("").getHandlers();
            console                  | global_state | java.lang.System.console                    | return System.console();
            flight recorder          | unknown      | jdk.jfr.FlightRecorder.getFlightRecorder    | return jdk.jfr.FlightRecorder.getFlightRecorder();
            file system provider     | unknown      | java.nio.file.spi.FileSystemProvider.installedProviders | return java.nio.file.spi.FileSystemProvider.installedProviders();
            log in                   | unknown      | javax.security.auth.login.LoginContext.new  | return new javax.security.auth.login.LoginContext("x");
            """)
    void isRefusedWhateverIsPermitted(String name, String category, String target, String code) {
        List<JsonObject> violations = Snippets.function(code).permits("all").violations(folder);

        assertThat(violations).anySatisfy(violation -> {
            assertThat(violation.text("refers_to")).hasValue(target);
            assertThat(violation.text("category")).hasValue(category);
            assertThat(violation.integer("source_line")).hasValue(Snippets.LINE);
            assertThat(violation.text("message").orElseThrow()).contains("no permission of the jvm runtime allows it");
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            sleep                    | java.lang.Thread.sleep               | Thread.sleep(1000);
            sleep by unit            | java.util.concurrent.TimeUnit.sleep  | TimeUnit.SECONDS.sleep(1);
            sleep in a helper        | java.lang.Thread.sleep               | new Helper().help(); ## static class Helper { void help() throws Exception { Thread.sleep(1); } }
            sleep in a lambda        | java.lang.Thread.sleep               | Callable<Object> c = () -> { Thread.sleep(1); return null; }; c.call();
            sleep by reference       | java.lang.Thread.sleep               | Sleeper s = Thread::sleep; s.sleep(1000); ## interface Sleeper { void sleep(long n) throws Exception; }
            sleep in an initialiser  | java.lang.Thread.sleep               | kept = Slow.VALUE; ## static class Slow { static final Object VALUE; static { try { Thread.sleep(1); } catch (InterruptedException e) { } VALUE = 1; } }
            sleep behind an interface | java.lang.Thread.sleep              | Step s = kept == null ? new Quick() : new Slow(); s.go(); ## interface Step { void go() throws Exception; } static class Quick implements Step { public void go() { } } static class Slow implements Step { public void go() throws Exception { Thread.sleep(1); } }
            sleep in a comparator    | java.lang.Thread.sleep               | List.of(2, 1).stream().sorted(new Slow()).toList(); ## static class Slow implements Comparator<Integer> { public int compare(Integer a, Integer b) { try { Thread.sleep(1); } catch (InterruptedException e) { } return 0; } }
            sleep in a superclass    | java.lang.Thread.sleep               | new Slow().go(); ## static class Base { void go() throws Exception { Thread.sleep(1); } } static class Slow extends Base { }
            lambda made elsewhere    | java.lang.Thread.sleep               | ((Callable<?>) kept).call(); ## public void onLoad(PluginContext c) { kept = (Callable<Object>) () -> { Thread.sleep(1); return null; }; }
            wait                     | java.lang.Object.wait                | synchronized (this) { wait(1000); }
            lock                     | java.util.concurrent.locks.Lock.lock | lock.lock();
            lock of a class          | java.util.concurrent.locks.ReentrantLock.lock | new ReentrantLock().lock();
            park                     | java.util.concurrent.locks.LockSupport.park | LockSupport.park();
            latch                    | java.util.concurrent.CountDownLatch.await | new CountDownLatch(1).await();
            semaphore                | java.util.concurrent.Semaphore.acquire | new Semaphore(0).acquire();
            queue                    | java.util.concurrent.LinkedBlockingQueue.take | new LinkedBlockingQueue<Object>().take();
            future                   | java.util.concurrent.Future.get      | ((Future<?>) kept).get();
            join of a future         | java.util.concurrent.CompletableFuture.join | new CompletableFuture<Object>().join();
            executor                 | java.util.concurrent.ExecutorService.invokeAll | pool.invokeAll(List.of());
            join of a thread         | java.lang.Thread.join                | Thread.currentThread().join();
            """)
    void mayNotWaitInAHook(String name, String target, String code) {
        PluginPackage plugin = Snippets.hook(code);
        List<JsonObject> violations = plugin.violations(folder);

        assertThat(violations).anySatisfy(violation -> {
            assertThat(violation.text("refers_to")).hasValue(target);
            assertThat(violation.text("category")).hasValue("blocking");
            assertThat(violation.text("message").orElseThrow())
                    .contains("the hook is com.example.Bad")
                    .contains("it needs the permission blocking");
        });
        assertThat(plugin.permits("blocking").violations(folder)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Thread.sleep(1);",
                "lock.lock();",
                "synchronized (this) { wait(1); }",
                "new CountDownLatch(1).await();",
                "new LinkedBlockingQueue<Object>().take();"
            })
    void mayWaitInAFunctionWhoseCallsHaveADeadline(String code) {
        assertThat(Snippets.function(code + " return null;").violations(folder)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            file    | read    | Files.readString(Path.of("x"));
            network | network | new Socket("example.com", 80);
            process | run     | new ProcessBuilder("id").start();
            """)
    void mayNotDoInputOrOutputInAHookWithoutSayingThatItBlocks(String name, String permission, String code) {
        PluginPackage plugin = Snippets.hook(code);
        assertThat(plugin.permits(permission).violations(folder))
                .isNotEmpty()
                .allSatisfy(violation -> assertThat(violation.text("category")).hasValue("blocking"));
        assertThat(plugin.permits(permission, "blocking").violations(folder)).isEmpty();
    }
}

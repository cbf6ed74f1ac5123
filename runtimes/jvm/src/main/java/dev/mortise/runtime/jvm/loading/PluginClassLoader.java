package dev.mortise.runtime.jvm.loading;

import dev.mortise.api.Plugin;
import dev.mortise.runtime.jvm.polls.LoopPoll;
import dev.mortise.runtime.jvm.polls.PollSwitch;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.net.MalformedURLException;
import java.net.URL;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * The classes of one plugin instance. It sees the JDK, the API, the contracts that it implements, what the plugins that it requires export, and its own
 * package; nothing else of the host. Its name, such as {@code demo@1.0.0#3}, stands in every stack trace.
 *
 * <p>Closed by the instance that it belongs to. Afterwards it finds no more classes, but those that it has defined
 * work on.
 */
public final class PluginClassLoader extends ClassLoader implements Supplier<MethodHandle>, AutoCloseable {

    static {
        registerAsParallelCapable();
    }

    private final PluginClassPath classPath;
    private final ImportedPackages imports;
    private final SharedPackages shared;
    private final ClassPreparation preparation;
    private final PollSwitch pollSwitch;
    private final ResourceHandler resources;
    private final ClassLoader host;
    private final Map<ClassPathElement, ProtectionDomain> domains = new ConcurrentHashMap<>();

    /**
     * Makes a loader; nothing is defined yet.
     *
     * @param name tells this instance apart from all others of the host, also in stack traces
     * @param preparation is given every class of the package before it is defined
     */
    public PluginClassLoader(
            String name,
            PluginClassPath classPath,
            ImportedPackages imports,
            SharedPackages shared,
            ClassPreparation preparation,
            PollSwitch pollSwitch) {
        // The platform loader, not the application's: the host's libraries must be neither seen nor shared.
        super(name, ClassLoader.getPlatformClassLoader());
        this.classPath = classPath;
        this.imports = imports;
        this.shared = shared;
        this.preparation = preparation;
        this.pollSwitch = pollSwitch;
        this.resources = new ResourceHandler(name, classPath);
        this.host = Plugin.class.getClassLoader();
    }

    public PollSwitch pollSwitch() {
        return pollSwitch;
    }

    /** What the loops of this loader's classes poll. */
    @Override
    public MethodHandle get() {
        return pollSwitch.poll();
    }

    /** Whether the class, or for an array its elements' class, was defined here. */
    public boolean owns(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.componentType();
        }
        return element.getClassLoader() == this;
    }

    /**
     * Defines a class of the host's as if it were the plugin's: once more, and with this loader's view of the world.
     *
     * @throws ClassNotFoundException if the host's class file cannot be read
     */
    public Class<?> adopt(Class<?> hostClass) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(hostClass.getName())) {
            Class<?> defined = findLoadedClass(hostClass.getName());
            if (defined != null) {
                return defined;
            }
            try (var file = hostClass.getResourceAsStream(hostClass.getSimpleName() + ".class")) {
                if (file == null) {
                    throw new ClassNotFoundException("the class file of " + hostClass.getName() + " is missing");
                }
                byte[] content = file.readAllBytes();
                return defineClass(hostClass.getName(), content, 0, content.length);
            } catch (IOException e) {
                throw new ClassNotFoundException("the class file of " + hostClass.getName() + " cannot be read", e);
            }
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> type = findLoadedClass(name);
            if (type == null) {
                type = findVisible(name);
            }
            if (resolve) {
                resolveClass(type);
            }
            return type;
        }
    }

    private Class<?> findVisible(String name) throws ClassNotFoundException {
        String packageName = packageOf(name, '.');
        if (VisiblePackages.isApi(packageName)) {
            return host.loadClass(name);
        }
        ClassLoader contracts = shared.loader(packageName);
        if (contracts != null) {
            return contracts.loadClass(name);
        }
        if (name.equals(LoopPoll.class.getName())) {
            return adopt(LoopPoll.class);
        }
        PluginClassLoader exporter = imports.exporter(packageName);
        if (exporter != null) {
            return exporter.loadClass(name);
        }
        if (VisiblePackages.isPlatform(packageName)) {
            try {
                return getParent().loadClass(name);
            } catch (ClassNotFoundException e) {
                // The package exists in the JDK but this class does not: a library may add to it.
            }
        }
        return findClass(name);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String path = name.replace('.', '/') + ".class";
        ClassPathElement element = classPath.find(path);
        byte[] content = element == null ? null : read(element, path);
        if (element == null || content == null) {
            if (VisiblePackages.isAnnotations(packageOf(name, '.'))) {
                return host.loadClass(name);
            }
            throw new ClassNotFoundException(name + " is neither in the package of " + getName()
                    + " nor exported by a plugin that it requires; put its jar into the package's lib folder");
        }
        byte[] polled = preparation.prepare(name, content);
        if (polled != content) {
            // Now, because a stack overflow within its initialiser would make it unusable for good.
            Class.forName(LoopPoll.class.getName(), true, this);
        }
        definePackage(packageOf(name, '.'), element);
        return defineClass(name, polled, 0, polled.length, domains.computeIfAbsent(element, this::domain));
    }

    private byte @Nullable [] read(ClassPathElement element, String path) throws ClassNotFoundException {
        try {
            return element.read(path);
        } catch (IOException e) {
            throw new ClassNotFoundException(getName() + ": " + e.getMessage(), e);
        }
    }

    private void definePackage(String name, ClassPathElement element) {
        if (name.isEmpty() || getDefinedPackage(name) != null) {
            return;
        }
        Manifest manifest = element.manifest();
        try {
            if (manifest == null) {
                definePackage(name, null, null, null, null, null, null, null);
            } else {
                PackageAttributes of = new PackageAttributes(manifest, name);
                definePackage(
                        name,
                        of.value(Attributes.Name.SPECIFICATION_TITLE),
                        of.value(Attributes.Name.SPECIFICATION_VERSION),
                        of.value(Attributes.Name.SPECIFICATION_VENDOR),
                        of.value(Attributes.Name.IMPLEMENTATION_TITLE),
                        of.value(Attributes.Name.IMPLEMENTATION_VERSION),
                        of.value(Attributes.Name.IMPLEMENTATION_VENDOR),
                        null);
            }
        } catch (IllegalArgumentException e) {
            // Another thread has defined it in the meantime.
        }
    }

    private ProtectionDomain domain(ClassPathElement element) {
        return new ProtectionDomain(new CodeSource(url(element), (Certificate[]) null), null, this, null);
    }

    private static @Nullable URL url(ClassPathElement element) {
        try {
            return element.origin().toUri().toURL();
        } catch (MalformedURLException e) {
            // A file system without URLs; a code source may lack one.
            return null;
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        String packageName = packageOf(name, '/');
        if (VisiblePackages.isApi(packageName)) {
            return host.getResource(name);
        }
        URL own = findResource(name);
        if (own != null) {
            return own;
        }
        PluginClassLoader exporter = imports.exporter(packageName);
        URL imported = exporter == null ? null : exporter.findResource(name);
        return imported != null ? imported : getParent().getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        String packageName = packageOf(name, '/');
        if (VisiblePackages.isApi(packageName)) {
            return host.getResources(name);
        }
        List<URL> found = Collections.list(findResources(name));
        PluginClassLoader exporter = imports.exporter(packageName);
        if (exporter != null) {
            found.addAll(Collections.list(exporter.findResources(name)));
        }
        found.addAll(Collections.list(getParent().getResources(name)));
        return Collections.enumeration(found);
    }

    @Override
    public @Nullable URL findResource(String name) {
        ClassPathElement element = classPath.find(name);
        return element == null ? null : resources.url(element, name);
    }

    @Override
    public Enumeration<URL> findResources(String name) {
        List<URL> found = new ArrayList<>();
        classPath.findAll(name).forEach(element -> found.add(resources.url(element, name)));
        return Collections.enumeration(found);
    }

    private static String packageOf(String name, char separator) {
        int end = name.lastIndexOf(separator);
        return end < 0 ? "" : name.substring(0, end).replace(separator, '.');
    }

    @Override
    public void close() {
        classPath.close();
    }

    @Override
    public String toString() {
        return "class loader of " + getName();
    }
}

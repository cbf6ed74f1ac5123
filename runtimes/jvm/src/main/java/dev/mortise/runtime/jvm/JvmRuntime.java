package dev.mortise.runtime.jvm;

import dev.mortise.host.model.Manifest;
import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.spi.InstanceRequest;
import dev.mortise.host.spi.PluginInstance;
import dev.mortise.host.spi.PluginRuntime;
import dev.mortise.host.spi.PluginStartException;
import dev.mortise.runtime.jvm.leftovers.Sweep;
import dev.mortise.runtime.jvm.loading.ImportedPackages;
import dev.mortise.runtime.jvm.loading.PluginClassLoader;
import dev.mortise.runtime.jvm.loading.PluginClassPath;
import dev.mortise.runtime.jvm.loading.SharedPackages;
import dev.mortise.runtime.jvm.polls.PollSwitch;
import dev.mortise.runtime.jvm.prepare.PreparedPackage;
import dev.mortise.runtime.jvm.prepare.PreparedPackages;
import dev.mortise.runtime.jvm.scan.PackageScanner;
import dev.mortise.runtime.jvm.scan.ScanSubject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs plugins that are Java classes, each instance in a class loader of its own. */
public final class JvmRuntime implements PluginRuntime {

    private final PackageScanner scanner = new PackageScanner();
    private final PreparedPackages packages = new PreparedPackages(scanner);
    private final Sweep sweep;

    public JvmRuntime() {
        JdkSingletons.initialize();
        sweep = new Sweep();
    }

    @Override
    public String name() {
        return "jvm";
    }

    @Override
    public void keepIn(HostStorage.Derived derived) {
        packages.keepIn(derived);
    }

    @Override
    public PluginInstance open(InstanceRequest request) throws PluginStartException {
        Manifest manifest = request.manifest();
        String mainClass = manifest.className()
                .orElseThrow(
                        () -> new PluginStartException(
                                "its manifest names no class_name, which the jvm runtime needs: the class that implements Plugin"));
        String name = manifest.id() + "@" + manifest.version() + "#" + request.instance();
        try {
            System.Logger log = request.services().logger();
            PluginClassPath classPath = PluginClassPath.read(request.root(), manifest);
            PreparedPackage prepared =
                    packages.prepare(classPath, manifest, gap -> log.log(System.Logger.Level.WARNING, gap.toString()));
            PluginClassLoader loader = new PluginClassLoader(
                    name,
                    classPath,
                    imports(request),
                    SharedPackages.of(request.contracts()),
                    prepared,
                    new PollSwitch(switches(request)));
            return new JvmInstance(request, mainClass, loader, prepared, sweep);
        } catch (IOException e) {
            throw new PluginStartException("its package cannot be read: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new PluginStartException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void inspect(Path root, Manifest manifest) throws PluginStartException {
        try {
            scanner.scan(ScanSubject.of(PluginClassPath.read(root, manifest), manifest));
        } catch (IOException e) {
            throw new PluginStartException("its package cannot be read: " + e.getMessage());
        }
    }

    private static ImportedPackages imports(InstanceRequest request) {
        List<ImportedPackages.Export> exports = new ArrayList<>();
        request.dependencies().forEach((id, instance) -> {
            if (instance instanceof JvmInstance other) {
                exports.add(new ImportedPackages.Export(id, other.loader(), other.exports()));
            }
        });
        return ImportedPackages.of(exports);
    }

    private static List<PollSwitch> switches(InstanceRequest request) {
        return request.dependencies().values().stream()
                .filter(JvmInstance.class::isInstance)
                .map(instance -> ((JvmInstance) instance).loader().pollSwitch())
                .toList();
    }
}

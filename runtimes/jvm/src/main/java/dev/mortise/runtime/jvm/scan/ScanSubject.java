package dev.mortise.runtime.jvm.scan;

import dev.mortise.host.model.HookDeclaration;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.model.PluginId;
import dev.mortise.runtime.jvm.loading.PluginClassPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What is scanned, and by what measure.
 *
 * @param roots where code of the package can begin to run: in the plugin's own classes and in those that its manifest names
 * @param granted what the manifest permits
 */
public record ScanSubject(PluginId plugin, PluginClassPath classPath, List<String> roots, Set<Permission> granted) {

    public ScanSubject {
        roots = List.copyOf(roots);
        granted = Set.copyOf(granted);
    }

    public static ScanSubject of(PluginClassPath classPath, Manifest manifest) {
        List<String> roots = new ArrayList<>(classPath.ownClasses());
        manifest.className().ifPresent(roots::add);
        manifest.hooks().stream().map(HookDeclaration::className).forEach(name -> name.ifPresent(roots::add));
        for (String name : classPath.classes()) {
            if (manifest.exports().contains(name.substring(0, Math.max(0, name.lastIndexOf('.'))))) {
                roots.add(name);
            }
        }
        return new ScanSubject(
                manifest.id(),
                classPath,
                roots.stream().distinct().sorted().toList(),
                Permission.in(manifest.permissions()));
    }

    /**
     * SHA-256 of everything that a scan's result depends on.
     *
     * @param program that scans
     */
    public String fingerprint(String program) {
        return Fingerprint.of(program, classPath, roots, granted);
    }
}

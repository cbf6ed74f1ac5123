package dev.mortise.runtime.jvm.scan;

import dev.mortise.host.model.PluginId;
import dev.mortise.runtime.jvm.loading.ClassGate;
import dev.mortise.runtime.jvm.loading.PluginClassPath;
import java.util.List;
import java.util.Set;

/** Lets those classes be defined that the scan has found clean, byte for byte, and looks at all others now. */
final class ScanGate implements ClassGate {

    private final PluginId plugin;
    private final Set<String> clean;
    private final PluginClassPath classPath;
    private final RuleTable references;
    private final Set<Permission> granted;

    /** @param clean fingerprints */
    ScanGate(
            PluginId plugin,
            Set<String> clean,
            PluginClassPath classPath,
            RuleTable references,
            Set<Permission> granted) {
        this.plugin = plugin;
        this.clean = clean;
        this.classPath = classPath;
        this.references = references;
        this.granted = granted;
    }

    @Override
    public void admit(String name, byte[] classFile) {
        if (clean.contains(Fingerprint.of(classFile))) {
            return;
        }
        List<Violation> violations = check(name, classFile);
        if (!violations.isEmpty()) {
            throw new NoClassDefFoundError("the class " + Names.printable(name) + " of " + plugin
                    + " is not loaded, because it does what the manifest does not permit: " + violations.getFirst()
                    + (violations.size() > 1 ? " and " + (violations.size() - 1) + " more" : ""));
        }
    }

    private List<Violation> check(String name, byte[] classFile) {
        ScannedClass type;
        try {
            type = ScannedClass.of(classFile);
        } catch (IllegalArgumentException e) {
            return List.of(ClassCheck.unreadable(name, String.valueOf(e.getMessage())));
        }
        ReferenceRules rules = new ReferenceRules(references, new PackageClasses(classPath));
        return new ClassCheck(rules, Set.copyOf(classPath.ownClasses()), granted).check(type);
    }
}

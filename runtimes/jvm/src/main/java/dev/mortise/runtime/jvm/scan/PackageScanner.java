package dev.mortise.runtime.jvm.scan;

import dev.mortise.host.model.HookDeclaration;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.spi.PluginStartException;
import dev.mortise.runtime.jvm.loading.ClassGate;
import dev.mortise.runtime.jvm.loading.PluginClassPath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * Scans packages before they are started. It looks at every class of the plugin's own jar or folder, and at those of its
 * libraries that one can get to from there by naming classes. What a library has beside that is looked at when it is
 * defined after all, as happens with reflection. Safe for use by several threads.
 */
public final class PackageScanner {

    private final RuleTable references = RuleTable.references();
    private final RuleTable waits = RuleTable.waits();
    private final PassedScans passed = new PassedScans();

    /**
     * Scans a package.
     *
     * @param classPath what its classes will be defined from
     * @return what classes must pass to be defined
     * @throws PluginStartException with all that it does without permission
     */
    public ClassGate scan(PluginClassPath classPath, Manifest manifest) throws PluginStartException {
        Set<Permission> granted = Permission.in(manifest.permissions());
        List<String> roots = roots(classPath, manifest);
        String scan = Fingerprint.of(classPath, roots, granted);
        if (passed.contains(scan)) {
            return new ScanGate(manifest.id(), Set.of(), classPath, references, granted);
        }
        ScanReport report = report(classPath, roots, granted);
        Optional<PluginStartException> refusal = report.refusal();
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        passed.add(scan);
        return new ScanGate(manifest.id(), report.clean(), classPath, references, granted);
    }

    private ScanReport report(PluginClassPath classPath, List<String> roots, Set<Permission> granted) {
        PackageClasses classes = new PackageClasses(classPath);
        ReferenceRules rules = new ReferenceRules(references, classes);
        ClassCheck check = new ClassCheck(rules, Set.copyOf(classPath.ownClasses()), granted);
        ScanFindings findings = new ScanFindings(granted);
        Set<String> clean = new HashSet<>();
        List<ScannedClass> reached = new ArrayList<>();
        Set<String> seen = new HashSet<>(roots);
        Queue<String> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            String name = open.remove();
            classes.find(name).ifPresent(type -> {
                reached.add(type);
                List<Violation> violations = check.check(type);
                findings.addAll(violations);
                if (violations.isEmpty()) {
                    clean.add(type.fingerprint());
                }
                for (Reference reference : type.references()) {
                    if (classes.has(reference.owner()) && seen.add(reference.owner())) {
                        open.add(reference.owner());
                    }
                }
            });
            classes.whyUnreadable(name)
                    .ifPresent(reason -> findings.addAll(List.of(ClassCheck.unreadable(name, reason))));
        }
        if (!granted.contains(Permission.BLOCKING)) {
            findings.addAll(new HookReach(classes, reached, rules, new ReferenceRules(waits, classes)).violations());
        }
        return findings.report(clean);
    }

    /** Where code of the package can begin to run: in the plugin's own classes and in those that its manifest names. */
    private static List<String> roots(PluginClassPath classPath, Manifest manifest) {
        List<String> roots = new ArrayList<>(classPath.ownClasses());
        manifest.className().ifPresent(roots::add);
        manifest.hooks().stream().map(HookDeclaration::className).forEach(name -> name.ifPresent(roots::add));
        for (String name : classPath.classes()) {
            if (manifest.exports().contains(name.substring(0, Math.max(0, name.lastIndexOf('.'))))) {
                roots.add(name);
            }
        }
        return roots.stream().distinct().toList();
    }
}

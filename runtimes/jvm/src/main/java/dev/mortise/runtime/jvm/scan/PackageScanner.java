package dev.mortise.runtime.jvm.scan;

import dev.mortise.host.spi.PluginStartException;
import dev.mortise.runtime.jvm.loading.ClassGate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Scans packages before they are started. It looks at every class of the plugin's own jar or folder, and at those of its
 * libraries that one can get to from there by naming classes. What a library has beside that is looked at when it is
 * defined after all, as happens with reflection. Safe for use by several threads.
 */
public final class PackageScanner {

    private volatile @Nullable RuleTables tables;

    /**
     * Scans a package.
     *
     * @throws PluginStartException with all that it does without permission
     */
    public ScannedPackage scan(ScanSubject subject) throws PluginStartException {
        ScanReport report = report(subject);
        Optional<PluginStartException> refusal = report.refusal();
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        return new ScannedPackage(gate(subject, report.clean()), report.stoppableHooks());
    }

    /** What the classes of a package must pass to be defined that has been scanned before. */
    public ClassGate gate(ScanSubject subject) {
        return gate(subject, Set.of());
    }

    private ClassGate gate(ScanSubject subject, Set<String> clean) {
        return new ScanGate(subject, clean, () -> tables().references());
    }

    /** Read when something is first scanned: a host whose packages are all known needs no rules. */
    private RuleTables tables() {
        RuleTables present = tables;
        if (present == null) {
            present = RuleTables.read();
            tables = present;
        }
        return present;
    }

    private ScanReport report(ScanSubject subject) {
        Set<Permission> granted = subject.granted();
        PackageClasses classes = new PackageClasses(subject.classPath());
        ReferenceRules rules = new ReferenceRules(tables().references(), classes);
        ClassCheck check = new ClassCheck(rules, Set.copyOf(subject.classPath().ownClasses()), granted);
        ScanFindings findings = new ScanFindings(granted);
        Set<String> clean = new HashSet<>();
        List<ScannedClass> reached = new ArrayList<>();
        Set<String> seen = new HashSet<>(subject.roots());
        Queue<String> open = new ArrayDeque<>(subject.roots());
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
        if (granted.contains(Permission.BLOCKING)) {
            return findings.report(clean, false);
        }
        HookReach.Findings hooks = new HookReach(
                        classes,
                        reached,
                        rules,
                        new ReferenceRules(tables().waits(), classes),
                        new StoppableCode(tables().stoppable(), classes))
                .follow();
        findings.addAll(hooks.violations());
        // With one of these, code can be reached that nothing names.
        boolean allSeen = !granted.contains(Permission.REFLECTION) && !granted.contains(Permission.NATIVE);
        return findings.report(clean, hooks.stoppable() && allSeen);
    }
}

package dev.mortise.runtime.jvm.scan;

import dev.mortise.runtime.jvm.loading.ClassGate;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Lets those classes be defined that the scan has found clean, byte for byte, and looks at all others now. */
final class ScanGate implements ClassGate {

    private final ScanSubject subject;
    private final Set<String> clean;
    private final Supplier<RuleTable> references;

    /** @param clean fingerprints */
    ScanGate(ScanSubject subject, Set<String> clean, Supplier<RuleTable> references) {
        this.subject = subject;
        this.clean = clean;
        this.references = references;
    }

    @Override
    public void admit(String name, byte[] classFile) {
        if (clean.contains(Fingerprint.of(classFile))) {
            return;
        }
        List<Violation> violations = check(name, classFile);
        if (!violations.isEmpty()) {
            throw new NoClassDefFoundError("the class " + Names.printable(name) + " of " + subject.plugin()
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
        ReferenceRules rules = new ReferenceRules(references.get(), new PackageClasses(subject.classPath()));
        return new ClassCheck(rules, Set.copyOf(subject.classPath().ownClasses()), subject.granted()).check(type);
    }
}

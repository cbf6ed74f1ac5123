package dev.mortise.runtime.jvm.prepare;

import dev.mortise.host.model.Manifest;
import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.spi.PluginStartException;
import dev.mortise.runtime.jvm.loading.PluginClassPath;
import dev.mortise.runtime.jvm.polls.PollGap;
import dev.mortise.runtime.jvm.scan.PackageScanner;
import dev.mortise.runtime.jvm.scan.ScanSubject;
import dev.mortise.runtime.jvm.scan.ScannedPackage;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Prepares packages, and keeps what has come of it, under everything that it depends on: the bytes of all
 * classes, the permissions, this program and the JVM. Only what was kept there under the very same is taken; so a changed
 * package, a changed rule and a changed permission are looked at anew. Safe for use by several threads.
 */
public final class PreparedPackages {

    private static final String KEY = "jvm/";

    private final PackageScanner scanner;
    private final Optional<String> program;
    private volatile HostStorage.Derived derived = HostStorage.Derived.NONE;

    public PreparedPackages(PackageScanner scanner) {
        this(scanner, ProgramFingerprint.current());
    }

    /** @param program tells apart what prepares; empty if nothing is to be kept */
    PreparedPackages(PackageScanner scanner, Optional<String> program) {
        this.scanner = scanner;
        this.program = program;
    }

    /** From now on, keeps things there. */
    public void keepIn(HostStorage.Derived place) {
        derived = place;
    }

    /**
     * Prepares a package: scans it, unless that is known to find nothing.
     *
     * @param gaps is told what stays without polls, from whatever thread defines the class
     * @throws PluginStartException with all that it does without permission
     */
    public PreparedPackage prepare(PluginClassPath classPath, Manifest manifest, Consumer<PollGap> gaps)
            throws PluginStartException {
        ScanSubject subject = ScanSubject.of(classPath, manifest);
        HostStorage.Derived place = derived;
        Optional<String> key = program.map(subject::fingerprint).map(KEY::concat);
        Optional<KeptClasses> kept = key.flatMap(place::find).flatMap(KeptClasses::read);
        if (kept.isPresent()) {
            return new PreparedPackage(scanner.gate(subject), gaps, kept.get(), keeper(place, key));
        }
        ScannedPackage scanned = scanner.scan(subject);
        return new PreparedPackage(scanned.gate(), gaps, new KeptClasses(scanned.stoppableHooks()), keeper(place, key));
    }

    private static Consumer<KeptClasses> keeper(HostStorage.Derived place, Optional<String> key) {
        return news -> key.ifPresent(under -> place.put(under, news.write()));
    }
}

package dev.mortise.runtime.jvm.scan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Gathers violations, of which only the first are kept: a library can have thousands. */
final class ScanFindings {

    private static final int MOST = 20;

    private final Set<Permission> granted;
    private final List<Violation> first = new ArrayList<>();
    private final Set<Permission> missing = EnumSet.noneOf(Permission.class);
    private int count;

    ScanFindings(Set<Permission> granted) {
        this.granted = granted;
    }

    void addAll(List<Violation> violations) {
        for (Violation violation : violations) {
            count++;
            if (first.size() < MOST) {
                first.add(violation);
            }
            if (violation.rule().requirement() instanceof Requirement.Needs needs) {
                for (Set<Permission> alternatives : needs.missing(granted)) {
                    if (alternatives.stream().noneMatch(missing::contains)) {
                        missing.add(alternatives.iterator().next());
                    }
                }
            }
        }
    }

    /** The rest of what a {@link ScanReport} says is given. */
    ScanReport report(Set<String> clean, boolean stoppableHooks) {
        return new ScanReport(first, count, new TreeSet<>(missing), clean, stoppableHooks);
    }
}
